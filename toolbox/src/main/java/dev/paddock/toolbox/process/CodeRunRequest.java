package dev.paddock.toolbox.process;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for code to be run to its end.
 *
 * @param code of 8 MiB at most
 * @param language python, javascript or typescript
 * @param argv the code's arguments
 * @param envs variables added to the sandbox's
 * @param timeout seconds after which the code and all it started is killed; 0 or none is never
 */
public record CodeRunRequest(
    String code,
    String language,
    @Nullable List<String> argv,
    @Nullable Map<String, String> envs,
    @Nullable Integer timeout) {}
