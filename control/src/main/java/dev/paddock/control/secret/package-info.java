/** Secrets at rest. */
@NullMarked
package dev.paddock.control.secret;

import org.jspecify.annotations.NullMarked;
