package dev.paddock.toolbox.info;

import org.jspecify.annotations.Nullable;

/** What older control planes tell a sandbox at its start; nothing here needs it. */
public record InitializeRequest(@Nullable String token) {}
