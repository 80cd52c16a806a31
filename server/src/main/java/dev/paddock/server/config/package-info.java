/** Settings of the server, read once from the environment and the command line. */
@NullMarked
package dev.paddock.server.config;

import org.jspecify.annotations.NullMarked;
