/** The file-system part of the toolbox: everything under {@code /files}. */
@NullMarked
package dev.paddock.toolbox.file;

import org.jspecify.annotations.NullMarked;
