/** Desktops, which sandboxes do not have. */
@NullMarked
package dev.paddock.toolbox.computeruse;

import org.jspecify.annotations.NullMarked;
