/** Joins what the modules leave open to each other. */
@NullMarked
package dev.paddock.server.wiring;

import org.jspecify.annotations.NullMarked;
