/** Which runtimes sandboxes may have. */
@NullMarked
package dev.paddock.control.runtime;

import org.jspecify.annotations.NullMarked;
