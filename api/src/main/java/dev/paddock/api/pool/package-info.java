/** HTTP face of warm pools. */
@NullMarked
package dev.paddock.api.pool;

import org.jspecify.annotations.NullMarked;
