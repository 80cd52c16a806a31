package dev.paddock.toolbox.file;

/**
 * A file that arrived whole.
 *
 * @param path where it is, as the client named it
 * @param bytes its size
 */
public record UploadedFile(String path, long bytes) {}
