package dev.paddock.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers. */
final class AnswerWriter {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

  private AnswerWriter() {}

  static void send(Answer answer, ServerResponse response, boolean headersOnly) throws Exception {
    switch (answer) {
      case Answer.Buffered buffered -> sendBuffered(buffered, response, headersOnly);
      case Answer.Streamed streamed -> sendStreamed(streamed, response, headersOnly);
    }
  }

  private static void sendBuffered(
      Answer.Buffered answer, ServerResponse response, boolean headersOnly) {
    start(answer, response);
    if (!answer.contentType().isEmpty()) {
      response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    }
    if (headersOnly) {
      response.contentLength(answer.body().length);
      response.send();
    } else if (answer.body().length == 0) {
      response.send();
    } else {
      response.send(answer.body());
    }
  }

  private static void sendStreamed(
      Answer.Streamed answer, ServerResponse response, boolean headersOnly) throws Exception {
    start(answer, response);
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    answer.length().ifPresent(response::contentLength);
    if (headersOnly) {
      release(answer);
      response.send();
      return;
    }
    BodyOutput out = new BodyOutput(response);
    try {
      answer.body().writeTo(out);
      out.finish(answer.length());
    } catch (Exception e) {
      if (out.started()) {
        throw new CloseConnectionException("The body ended early", e);
      }
      response.headers().remove(HeaderNames.CONTENT_TYPE);
      response.headers().remove(HeaderNames.CONTENT_LENGTH);
      answer.headers().keySet().forEach(n -> response.headers().remove(HeaderNames.create(n)));
      throw e;
    }
  }

  /** Lets a body that is not wanted let go of what it holds: its first write fails. */
  private static void release(Answer.Streamed answer) throws Exception {
    try {
      answer.body().writeTo(new UnwantedOutput());
    } catch (ClientGoneException e) {
      LOG.trace("A body was not wanted", e);
    }
  }

  private static void start(Answer answer, ServerResponse response) {
    response.status(Status.create(answer.status()));
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
  }
}
