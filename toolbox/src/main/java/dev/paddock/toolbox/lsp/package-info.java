/** Language servers in a sandbox, and what clients ask them. */
@NullMarked
package dev.paddock.toolbox.lsp;

import org.jspecify.annotations.NullMarked;
