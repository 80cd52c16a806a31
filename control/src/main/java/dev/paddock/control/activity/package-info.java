/** When things were used last, without a write per use. */
@NullMarked
package dev.paddock.control.activity;

import org.jspecify.annotations.NullMarked;
