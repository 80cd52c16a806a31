/** What is closed to sandboxes, whatever runtime starts them. */
@NullMarked
package dev.paddock.engine.confinement;

import org.jspecify.annotations.NullMarked;
