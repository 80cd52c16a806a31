/** Use cases on snapshots. */
@NullMarked
package dev.paddock.control.snapshot;

import org.jspecify.annotations.NullMarked;
