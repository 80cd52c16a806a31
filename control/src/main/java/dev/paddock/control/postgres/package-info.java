/** A private PostgreSQL server: unpacked, run as an unprivileged user, adopted again. */
@NullMarked
package dev.paddock.control.postgres;

import org.jspecify.annotations.NullMarked;
