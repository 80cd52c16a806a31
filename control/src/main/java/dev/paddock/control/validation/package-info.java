/** Checks on what callers send. */
@NullMarked
package dev.paddock.control.validation;

import org.jspecify.annotations.NullMarked;
