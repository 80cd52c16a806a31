package dev.paddock.web;

import java.io.OutputStream;

/**
 * Writes the body of a streamed answer. Every {@code flush} reaches the client at once. When the
 * client has gone a write throws {@link ClientGoneException}; when the body throws after it wrote
 * something the connection is cut, so that the client cannot take the part for the whole.
 */
@FunctionalInterface
public interface StreamBody {
  void writeTo(OutputStream out) throws Exception;
}
