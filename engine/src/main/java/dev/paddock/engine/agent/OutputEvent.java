package dev.paddock.engine.agent;

/** What comes from a command: output, and at last its end. */
public sealed interface OutputEvent {
  /** Bytes of standard output, 1 MiB at most. */
  @SuppressWarnings("ArrayRecordComponent")
  record Stdout(byte[] data) implements OutputEvent {}

  /** Bytes of standard error, 1 MiB at most. */
  @SuppressWarnings("ArrayRecordComponent")
  record Stderr(byte[] data) implements OutputEvent {}

  /**
   * The last event.
   *
   * @param code exit status, or 128 + signal
   * @param signal 0 when the process ended by itself
   * @param timedOut whether the time-out killed it
   * @param stillRunning the output so far ended, not the process
   * @param nextOffset offset after the last byte of recorded output that was delivered
   */
  record Exited(int code, int signal, boolean timedOut, boolean stillRunning, long nextOffset)
      implements OutputEvent {}
}
