/** Checks of the host, each with the way to mend what it finds. */
@NullMarked
package dev.paddock.server.doctor;

import org.jspecify.annotations.NullMarked;
