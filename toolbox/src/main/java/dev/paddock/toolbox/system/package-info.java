/** A sandbox's environment and what it uses. */
@NullMarked
package dev.paddock.toolbox.system;

import org.jspecify.annotations.NullMarked;
