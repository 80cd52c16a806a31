/** The images that the product brings along. */
@NullMarked
package dev.paddock.server.image;

import org.jspecify.annotations.NullMarked;
