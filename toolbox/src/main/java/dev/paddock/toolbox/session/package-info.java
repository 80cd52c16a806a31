/** Sessions, their commands and their logs: everything under {@code /process/session}. */
@NullMarked
package dev.paddock.toolbox.session;

import org.jspecify.annotations.NullMarked;
