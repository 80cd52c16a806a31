/** Images, root file systems, networks, cgroups, runtimes and the agent client of one host. */
@NullMarked
package dev.paddock.engine;

import org.jspecify.annotations.NullMarked;
