/** Names of this machine. */
@NullMarked
package dev.paddock.cli.net;

import org.jspecify.annotations.NullMarked;
