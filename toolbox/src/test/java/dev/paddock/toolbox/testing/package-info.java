/** A toolbox on a real web server and a real agent, and clients for it. */
@NullMarked
package dev.paddock.toolbox.testing;

import org.jspecify.annotations.NullMarked;
