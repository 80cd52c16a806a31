/** JSON answers whose texts may be larger than memory. */
@NullMarked
package dev.paddock.toolbox.json;

import org.jspecify.annotations.NullMarked;
