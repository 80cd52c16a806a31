package dev.paddock.model.sandbox;

/** What a user may ask of an existing sandbox's life. */
public enum SandboxCommand {
  START,
  STOP,
  DESTROY
}
