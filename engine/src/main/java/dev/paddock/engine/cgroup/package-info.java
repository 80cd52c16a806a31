/** Control groups: where a sandbox's processes are accounted, limited and found. */
@NullMarked
package dev.paddock.engine.cgroup;

import org.jspecify.annotations.NullMarked;
