/** Root file systems: id-mapped overlays, and the private mount namespace they are assembled in. */
@NullMarked
package dev.paddock.engine.rootfs;

import org.jspecify.annotations.NullMarked;
