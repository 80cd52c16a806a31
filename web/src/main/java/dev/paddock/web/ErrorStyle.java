package dev.paddock.web;

import java.time.Instant;

/** The form of error bodies. */
public enum ErrorStyle {
  /** {@code {path, timestamp, statusCode, error, message}}. */
  API {
    @Override
    Object body(int status, String message, String method, String path) {
      return new ApiError(path, Instant.now(), status, Statuses.name(status), message);
    }
  },
  /**
   * {@code {statusCode, message, code, timestamp, path, method}}, where the message begins with the
   * kind of a client's mistake, such as {@code not found: }.
   */
  TOOLBOX {
    @Override
    Object body(int status, String message, String method, String path) {
      return new ToolboxError(
          status, kind(status) + message, Statuses.name(status), Instant.now(), path, method);
    }
  };

  abstract Object body(int status, String message, String method, String path);

  private static String kind(int status) {
    return switch (status) {
      case 400 -> "bad request: ";
      case 401 -> "unauthorized: ";
      case 403 -> "forbidden: ";
      case 404 -> "not found: ";
      case 408 -> "request timeout: ";
      case 409 -> "conflict: ";
      case 410 -> "gone: ";
      default -> "";
    };
  }

  private record ApiError(
      String path, Instant timestamp, int statusCode, String error, String message) {}

  private record ToolboxError(
      int statusCode, String message, String code, Instant timestamp, String path, String method) {}
}
