/** Reading what requests carry besides JSON bodies. */
@NullMarked
package dev.paddock.api.request;

import org.jspecify.annotations.NullMarked;
