/** Python that keeps its variables from one piece of code to the next. */
@NullMarked
package dev.paddock.toolbox.interpreter;

import org.jspecify.annotations.NullMarked;
