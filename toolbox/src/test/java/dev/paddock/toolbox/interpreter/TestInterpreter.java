package dev.paddock.toolbox.interpreter;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Frames;
import dev.paddock.toolbox.testing.Frames.Frame;
import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A client of the interpreter contexts.
 *
 * @param toolbox where they are
 */
record TestInterpreter(TestToolbox toolbox) {
  /** What a run sent, by kind. */
  record Result(String stdout, String stderr, List<JsonNode> others, Frame.Close close) {
    JsonNode error() {
      return others.getFirst();
    }
  }

  String create(String body) throws Exception {
    HttpResponse<String> answer = toolbox.post("/process/interpreter/context", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    return read(answer).path("id").asString();
  }

  Result run(String code) throws Exception {
    return conversation("{\"code\":" + quote(code) + "}");
  }

  Result run(String context, String code) throws Exception {
    return conversation("{\"contextId\":\"" + context + "\",\"code\":" + quote(code) + "}");
  }

  Result conversation(String request) throws Exception {
    Frames frames = new Frames();
    send(frames, request);
    return collect(frames);
  }

  void start(Frames frames, String code) {
    send(frames, "{\"code\":" + quote(code) + "}");
  }

  WebSocket start(Frames frames, String context, String code, String more) {
    return send(frames, "{\"contextId\":\"" + context + "\",\"code\":" + quote(code) + more + "}");
  }

  WebSocket send(Frames frames, String request) {
    WebSocket socket = toolbox.webSocket("/process/interpreter/execute", frames);
    socket.sendText(request, true).join();
    return socket;
  }

  Result collect(Frames frames) throws InterruptedException {
    StringBuilder stdout = new StringBuilder();
    StringBuilder stderr = new StringBuilder();
    List<JsonNode> others = new ArrayList<>();
    while (true) {
      switch (frames.next()) {
        case Frame.Text(String text) -> {
          JsonNode message = read(text);
          switch (message.path("type").asString()) {
            case "stdout" -> stdout.append(message.path("text").asString());
            case "stderr" -> stderr.append(message.path("text").asString());
            default -> others.add(message);
          }
        }
        case Frame.Close close -> {
          return new Result(stdout.toString(), stderr.toString(), others, close);
        }
        case Frame other -> throw new AssertionError("Unexpected " + other);
      }
    }
  }
}
