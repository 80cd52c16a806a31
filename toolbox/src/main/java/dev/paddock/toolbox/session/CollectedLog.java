package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.OutputEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A log that was read to its end.
 *
 * @param events all of it, or nothing when it is too long to keep
 * @param kept whether {@code events} is complete
 * @param size bytes of both streams
 * @param end how reading ended
 */
record CollectedLog(List<OutputEvent> events, boolean kept, long size, OutputEvent.Exited end) {
  /** Logs up to this many bytes are kept in memory. */
  static final int MEMORY_LIMIT = 256 * 1024;

  static CollectedLog read(LogReader reader) {
    var events = new ArrayList<OutputEvent>();
    long size = 0;
    while (true) {
      OutputEvent event = reader.next();
      if (event instanceof OutputEvent.Exited end) {
        return new CollectedLog(events, size <= MEMORY_LIMIT, size, end);
      }
      int length = LogEncoder.stdout(event).length + LogEncoder.stderr(event).length;
      size += length;
      if (length == 0) {
        continue;
      }
      if (size <= MEMORY_LIMIT) {
        events.add(event);
      } else {
        events.clear();
      }
    }
  }

  /** What {@code view} sees of the kept events, as one piece. */
  byte[] bytes(Function<OutputEvent, byte[]> view) {
    var bytes = new ByteArrayOutputStream();
    events.forEach(event -> bytes.writeBytes(view.apply(event)));
    return bytes.toByteArray();
  }
}
