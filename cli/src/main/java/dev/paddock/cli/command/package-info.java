/** One class per command. */
@NullMarked
package dev.paddock.cli.command;

import org.jspecify.annotations.NullMarked;
