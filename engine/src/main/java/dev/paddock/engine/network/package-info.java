/** Addresses, links, network namespaces and the packet filter of one host's sandboxes. */
@NullMarked
package dev.paddock.engine.network;

import org.jspecify.annotations.NullMarked;
