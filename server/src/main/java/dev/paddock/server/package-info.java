/** The program: configuration, wiring, start-up. */
@NullMarked
package dev.paddock.server;

import org.jspecify.annotations.NullMarked;
