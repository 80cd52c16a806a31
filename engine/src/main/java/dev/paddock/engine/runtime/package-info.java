/** How a sandbox's first process comes to be. */
@NullMarked
package dev.paddock.engine.runtime;

import org.jspecify.annotations.NullMarked;
