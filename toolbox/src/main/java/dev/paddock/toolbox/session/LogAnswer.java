package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.toolbox.json.StreamedObject;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A log as an HTTP answer. A short one is held in memory; a long one is read again from the agent
 * while it is sent, once for each text that holds it.
 */
final class LogAnswer {
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final CommandLog log;
  private final LogShape shape;
  private final Exchange exchange;

  LogAnswer(CommandLog log, LogShape shape, Exchange exchange) {
    this.exchange = exchange;
    this.log = log;
    this.shape = shape;
  }

  /** The log so far. */
  Answer soFar() {
    CollectedLog collected = collect(false);
    if (shape != LogShape.SEPARATE) {
      return Answer.stream(
          200, PLAIN, OptionalLong.empty(), out -> write(text(collected, this::combined), out));
    }
    return logs(new StreamedObject(), collected).answer(200);
  }

  /** The log as it grows, until its command ends. */
  Answer followed() {
    LogReader reader = new LogReader(log, true);
    return Answer.stream(
        200,
        "application/octet-stream",
        OptionalLong.empty(),
        out -> {
          exchange.onClientGone(reader::close);
          try (reader) {
            for (OutputEvent event = reader.next();
                !(event instanceof OutputEvent.Exited);
                event = reader.next()) {
              out.write(LogEncoder.encode(shape, event));
              out.flush();
            }
          }
        });
  }

  /** Waits for the command's end and answers with its exit code and output. */
  Answer finished() {
    CollectedLog collected = collect(true);
    StreamedObject answer =
        new StreamedObject()
            .with("cmdId", log.commandId())
            .with("exitCode", collected.end().code());
    return shape == LogShape.SEPARATE
        ? logs(answer, collected).answer(200)
        : answer.with("output", text(collected, this::combined)).answer(200);
  }

  private StreamedObject logs(StreamedObject answer, CollectedLog collected) {
    return answer
        .with("output", text(collected, this::combined))
        .with("stdout", text(collected, LogEncoder::stdout))
        .with("stderr", text(collected, LogEncoder::stderr));
  }

  private static void write(StreamedObject.Text text, OutputStream out) throws IOException {
    try (InputStream bytes = text.open()) {
      bytes.transferTo(out);
    }
  }

  private byte[] combined(OutputEvent event) {
    return LogEncoder.encode(shape, event);
  }

  private CollectedLog collect(boolean follow) {
    try (LogReader reader = new LogReader(log, follow)) {
      exchange.onClientGone(reader::close);
      return CollectedLog.read(reader);
    }
  }

  private StreamedObject.Text text(CollectedLog collected, Function<OutputEvent, byte[]> view) {
    if (collected.kept()) {
      return () -> new ByteArrayInputStream(collected.bytes(view));
    }
    return () -> new LogStream(new LogReader(log, false), view, collected.size());
  }
}
