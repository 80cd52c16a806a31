/** Multipart bodies as streams: reading what clients upload, writing what they download. */
@NullMarked
package dev.paddock.toolbox.multipart;

import org.jspecify.annotations.NullMarked;
