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
  /** {@code {statusCode, message, code, timestamp, path, method}}. */
  TOOLBOX {
    @Override
    Object body(int status, String message, String method, String path) {
      return new ToolboxError(status, message, Statuses.name(status), Instant.now(), path, method);
    }
  };

  abstract Object body(int status, String message, String method, String path);

  private record ApiError(
      String path, Instant timestamp, int statusCode, String error, String message) {}

  private record ToolboxError(
      int statusCode, String message, String code, Instant timestamp, String path, String method) {}
}
