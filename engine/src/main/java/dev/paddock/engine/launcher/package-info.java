/** The launcher process: its protocol, its policy and its supervision. */
@NullMarked
package dev.paddock.engine.launcher;

import org.jspecify.annotations.NullMarked;
