/** Streaming exec: one command over a WebSocket, with or without a terminal. */
@NullMarked
package dev.paddock.cli.exec;

import org.jspecify.annotations.NullMarked;
