/** Git repositories of a sandbox, through the git that its image brings. */
@NullMarked
package dev.paddock.toolbox.git;

import org.jspecify.annotations.NullMarked;
