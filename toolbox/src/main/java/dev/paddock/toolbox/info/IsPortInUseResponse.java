package dev.paddock.toolbox.info;

/** Whether something in the sandbox listens on a port. */
public record IsPortInUseResponse(boolean isInUse) {}
