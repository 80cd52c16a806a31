/** Use cases and reconciler on PostgreSQL: keys, organisations, sandboxes, snapshots. */
@NullMarked
package dev.paddock.control;

import org.jspecify.annotations.NullMarked;
