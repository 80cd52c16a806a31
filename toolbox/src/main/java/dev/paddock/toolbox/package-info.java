/** HTTP and WebSocket face of one sandbox. */
@NullMarked
package dev.paddock.toolbox;

import org.jspecify.annotations.NullMarked;
