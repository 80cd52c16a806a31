package dev.paddock.api.system;

/** Whether the server is well: {@code ok} or {@code error}. */
public record HealthDto(String status) {
  static final HealthDto OK = new HealthDto("ok");
  static final HealthDto ERROR = new HealthDto("error");
}
