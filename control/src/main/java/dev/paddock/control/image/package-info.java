/** Bringing images into a runner's store, and the logs of that. */
@NullMarked
package dev.paddock.control.image;

import org.jspecify.annotations.NullMarked;
