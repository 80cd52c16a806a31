/** The commands that need the server's own code. */
@NullMarked
package dev.paddock.server.command;

import org.jspecify.annotations.NullMarked;
