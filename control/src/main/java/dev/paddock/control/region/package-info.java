/** Where sandboxes run. */
@NullMarked
package dev.paddock.control.region;

import org.jspecify.annotations.NullMarked;
