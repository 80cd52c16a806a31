package dev.paddock.toolbox.pty;

/**
 * Asks for another size.
 *
 * @param cols width, 1 to 1000
 * @param rows height, 1 to 1000
 */
public record PtyResizeRequest(int cols, int rows) {}
