/** What the server says of itself. */
@NullMarked
package dev.paddock.api.system;

import org.jspecify.annotations.NullMarked;
