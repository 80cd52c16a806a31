package dev.paddock.toolbox.session;

/**
 * Input for a running command.
 *
 * @param data text; a line end is added when it has none
 */
public record SessionSendInputRequest(String data) {}
