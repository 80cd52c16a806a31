package dev.paddock.engine.launcher;

import java.io.IOException;

/**
 * The launcher ended before it answered. What it was asked to do may be half done; once that is
 * cleared away, the same may be asked of the next launcher.
 */
public final class LauncherGone extends IOException {
  private static final long serialVersionUID = 1L;

  LauncherGone(String message) {
    super(message);
  }
}
