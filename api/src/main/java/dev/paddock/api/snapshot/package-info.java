/** Snapshots on the wire. */
@NullMarked
package dev.paddock.api.snapshot;

import org.jspecify.annotations.NullMarked;
