package dev.paddock.cli.client;

import dev.paddock.cli.output.Console;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints a log of a sandbox as it arrives, standard output and standard error apart. */
public final class SandboxLog {
  /** Clients of this version get both streams in one, marked, which needs no memory. */
  private static final Map<String, String> AS_ONE_STREAM =
      Map.of(ApiClient.VERSION_HEADER, "0.100.0");

  /** The server pings every 30 seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(90);

  private final ApiClient toolbox;
  private final Console console;
  private final String path;
  private final Duration silence;

  /**
   * @param path of the log in the toolbox
   */
  public SandboxLog(ApiClient toolbox, Console console, String path) {
    this(toolbox, console, path, SILENCE);
  }

  SandboxLog(ApiClient toolbox, Console console, String path, Duration silence) {
    this.toolbox = toolbox;
    this.console = console;
    this.path = path;
    this.silence = silence;
  }

  /** Prints what there is. */
  public void print() {
    try (InputStream log = toolbox.download(path, AS_ONE_STREAM)) {
      new MarkedLog(console).print(log);
    } catch (IOException e) {
      throw brokeOff(e.toString(), e);
    }
  }

  /**
   * Blocks until the command has ended and all of its output is printed.
   *
   * @throws CommandFailure when the connection ends before the log does
   */
  public void follow() throws InterruptedException {
    LogFollower follower = new LogFollower(new MarkedLog(console));
    WebSocket socket = toolbox.webSocket(path + "?follow=true", follower);
    try {
      Optional<String> broken = follower.await(silence);
      if (broken.isPresent()) {
        throw brokeOff(broken.get(), null);
      }
    } finally {
      socket.abort();
    }
  }

  private static CommandFailure brokeOff(String why, @Nullable Throwable cause) {
    return new CommandFailure(
        CommandFailure.UNREACHABLE,
        "The log broke off: " + why + ". The command may go on; run this again for all of its log.",
        cause);
  }
}
