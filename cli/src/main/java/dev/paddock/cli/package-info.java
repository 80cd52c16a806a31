/** The paddock command line. */
@NullMarked
package dev.paddock.cli;

import org.jspecify.annotations.NullMarked;
