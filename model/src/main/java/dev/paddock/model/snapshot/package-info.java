/** Snapshots: named images with sizes, from which sandboxes are made. */
@NullMarked
package dev.paddock.model.snapshot;

import org.jspecify.annotations.NullMarked;
