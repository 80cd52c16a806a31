/** How much a host takes on at once, and who waits for how long. */
@NullMarked
package dev.paddock.control.admission;

import org.jspecify.annotations.NullMarked;
