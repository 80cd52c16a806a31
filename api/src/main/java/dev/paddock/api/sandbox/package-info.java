/** Sandboxes on the wire. */
@NullMarked
package dev.paddock.api.sandbox;

import org.jspecify.annotations.NullMarked;
