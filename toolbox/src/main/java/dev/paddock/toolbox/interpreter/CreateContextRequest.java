package dev.paddock.toolbox.interpreter;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a context.
 *
 * @param cwd directory; relative ones start at the work dir, which is also the default
 * @param language python, or none
 */
public record CreateContextRequest(@Nullable String cwd, @Nullable String language) {}
