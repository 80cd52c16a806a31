package dev.paddock.toolbox.multipart;

import java.io.IOException;

/**
 * The body is not what its content type says. The message completes "the upload is malformed: …".
 */
public final class MultipartFormatException extends IOException {
  MultipartFormatException(String message) {
    super(message);
  }
}
