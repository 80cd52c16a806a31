/** API keys: handing them out and knowing them again. */
@NullMarked
package dev.paddock.control.access;

import org.jspecify.annotations.NullMarked;
