package dev.paddock.toolbox.lsp;

import org.jspecify.annotations.Nullable;

/**
 * Why completions are asked for.
 *
 * @param triggerKind 1 by request, 2 by a character, 3 for more of an incomplete list
 */
record CompletionContext(int triggerKind, @Nullable String triggerCharacter) {}
