/**
 * Linux system calls that the JDK does not offer, one class per subject, by the foreign-function
 * API.
 */
@NullMarked
package dev.paddock.engine.host;

import org.jspecify.annotations.NullMarked;
