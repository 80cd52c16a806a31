/** Warm pools: sandboxes that are made before anybody asks for them. */
@NullMarked
package dev.paddock.control.pool;

import org.jspecify.annotations.NullMarked;
