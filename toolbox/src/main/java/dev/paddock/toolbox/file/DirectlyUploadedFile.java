package dev.paddock.toolbox.file;

import dev.paddock.toolbox.SandboxPath;

/**
 * A file that arrived whole, in the form that clients from 0.218 read.
 *
 * @param name its last path component
 * @param path where it is, as the client named it
 * @param type always {@code file}
 */
public record DirectlyUploadedFile(String name, String path, String type) {
  static DirectlyUploadedFile at(String path) {
    return new DirectlyUploadedFile(SandboxPath.fileName(path), path, "file");
  }
}
