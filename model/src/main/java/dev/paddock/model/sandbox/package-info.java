/** Sandboxes as their users see them: records, states and the state machine. */
@NullMarked
package dev.paddock.model.sandbox;

import org.jspecify.annotations.NullMarked;
