/** Terminals that outlive their viewers: everything under {@code /process/pty}. */
@NullMarked
package dev.paddock.toolbox.pty;

import org.jspecify.annotations.NullMarked;
