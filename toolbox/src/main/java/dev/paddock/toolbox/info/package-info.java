/** What a sandbox is like: directories, ports, version. */
@NullMarked
package dev.paddock.toolbox.info;

import org.jspecify.annotations.NullMarked;
