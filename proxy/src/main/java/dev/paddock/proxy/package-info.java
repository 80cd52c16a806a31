/** Preview hosts: HTTP, WebSocket and event streams into sandboxes. */
@NullMarked
package dev.paddock.proxy;

import org.jspecify.annotations.NullMarked;
