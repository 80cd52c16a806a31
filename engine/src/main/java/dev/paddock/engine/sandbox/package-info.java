/** One sandbox: what is on disk, how it starts and how it ends. */
@NullMarked
package dev.paddock.engine.sandbox;

import org.jspecify.annotations.NullMarked;
