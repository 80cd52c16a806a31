/** The seam between the control plane and the hosts that run sandboxes. */
@NullMarked
package dev.paddock.model.runner;

import org.jspecify.annotations.NullMarked;
