package dev.paddock.engine;

import dev.paddock.model.SandboxId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An engine in a process of its own, which can be killed in the middle of its work. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ServerProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts an engine that will create the sandbox; the tests' engine has to be closed. */
  static ServerProcess creating(SandboxId id) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpaddock.agent=" + System.getProperty("paddock.agent"),
            "-Dpaddock.launcher=" + System.getProperty("paddock.launcher"),
            "-Dpaddock.runtime=" + System.getProperty("paddock.runtime", "native"),
            "-cp",
            System.getProperty("java.class.path"),
            ServerProcess.class.getName(),
            TestHost.config().dataDir().toString(),
            id.value());
    ProcessBuilder builder = new ProcessBuilder(command);
    return new ServerProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until the engine says that it came to a point: {@code creating} or {@code created}. */
  void await(String point) throws IOException {
    String line = output.readLine();
    while (line != null && !line.equals(point)) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("The engine's process ended before it was " + point);
    }
  }

  /** Kills it as a power cut would. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The other process: data directory and sandbox id are its arguments. */
  public static void main(String[] arguments) throws IOException {
    Engine engine = Engine.open(TestHost.config(Path.of(arguments[0])));
    tell("creating");
    engine.create(TestHost.spec(new SandboxId(arguments[1])));
    tell("created");
    System.in.read();
    engine.close();
  }

  private static void tell(String point) {
    System.out.println(point);
    System.out.flush();
  }
}
