/** What can go wrong, as types: one per outcome that a caller can tell apart. */
@NullMarked
package dev.paddock.model.failure;

import org.jspecify.annotations.NullMarked;
