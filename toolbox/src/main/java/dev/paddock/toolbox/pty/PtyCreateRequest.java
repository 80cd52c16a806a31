package dev.paddock.toolbox.pty;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a terminal with a login shell.
 *
 * @param id 1 to 128 letters, digits and {@code _ . : -}, unique in the sandbox
 * @param cwd directory; relative ones start at the work dir, which is also the default
 * @param envs variables added to the sandbox's
 * @param cols width, 1 to 1000; 80 when absent or 0
 * @param rows height, 1 to 1000; 24 when absent or 0
 * @param lazyStart whether the shell waits for the first viewer
 */
public record PtyCreateRequest(
    String id,
    @Nullable String cwd,
    @Nullable Map<String, String> envs,
    @Nullable Integer cols,
    @Nullable Integer rows,
    @Nullable Boolean lazyStart) {}
