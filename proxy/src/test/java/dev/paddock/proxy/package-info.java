/** What the preview proxy promises, checked over real sockets. */
@NullMarked
package dev.paddock.proxy;

import org.jspecify.annotations.NullMarked;
