/** Sandboxes that are made before anybody asks for them. */
@NullMarked
package dev.paddock.model.pool;

import org.jspecify.annotations.NullMarked;
