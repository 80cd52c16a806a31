/** Sandboxes without files and without a name, made ahead. */
@NullMarked
package dev.paddock.engine.cell;

import org.jspecify.annotations.NullMarked;
