package dev.paddock.toolbox.interpreter;

import java.util.List;

/** The contexts that clients have made. */
public record ListContextsResponse(List<InterpreterContext> contexts) {}
