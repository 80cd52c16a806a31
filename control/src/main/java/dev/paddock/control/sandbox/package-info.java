/** Use cases on sandboxes, and the reconciler. */
@NullMarked
package dev.paddock.control.sandbox;

import org.jspecify.annotations.NullMarked;
