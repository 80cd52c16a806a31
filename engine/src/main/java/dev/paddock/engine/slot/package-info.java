/** Slots: the id range and network that a sandbox holds while it runs. */
@NullMarked
package dev.paddock.engine.slot;

import org.jspecify.annotations.NullMarked;
