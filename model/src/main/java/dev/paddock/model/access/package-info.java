/** Who calls, and what a key allows. */
@NullMarked
package dev.paddock.model.access;

import org.jspecify.annotations.NullMarked;
