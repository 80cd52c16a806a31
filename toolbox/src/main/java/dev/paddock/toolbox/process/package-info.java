/** Commands and code outside sessions, answered at their end or streamed. */
@NullMarked
package dev.paddock.toolbox.process;

import org.jspecify.annotations.NullMarked;
