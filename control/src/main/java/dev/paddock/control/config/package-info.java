/** What the control plane is told at its start. */
@NullMarked
package dev.paddock.control.config;

import org.jspecify.annotations.NullMarked;
