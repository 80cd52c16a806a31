/** HTTP face of control. */
@NullMarked
package dev.paddock.api;

import org.jspecify.annotations.NullMarked;
