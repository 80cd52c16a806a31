/** The words that every part of Paddock shares: ids, specs, states and failures. */
@NullMarked
package dev.paddock.model;

import org.jspecify.annotations.NullMarked;
