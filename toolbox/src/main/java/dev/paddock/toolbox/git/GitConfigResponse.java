package dev.paddock.toolbox.git;

import org.jspecify.annotations.Nullable;

/** The value of a setting; null when it has none. */
record GitConfigResponse(@Nullable String value) {}
