/** Everything that speaks SQL. */
@NullMarked
package dev.paddock.control.store;

import org.jspecify.annotations.NullMarked;
