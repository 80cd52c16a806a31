/** API keys on the wire. */
@NullMarked
package dev.paddock.api.access;

import org.jspecify.annotations.NullMarked;
