/** The HTTP clients that the commands speak through. */
@NullMarked
package dev.paddock.cli.client;

import org.jspecify.annotations.NullMarked;
