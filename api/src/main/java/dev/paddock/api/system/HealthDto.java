package dev.paddock.api.system;

/** The server runs: {@code ok}. */
public record HealthDto(String status) {
  static final HealthDto OK = new HealthDto("ok");
}
