package dev.paddock.toolbox.pty;

import java.util.List;

/** The terminals of a sandbox. */
public record PtyListResponse(List<PtySessionInfo> sessions) {
  public PtyListResponse {
    sessions = List.copyOf(sessions);
  }
}
