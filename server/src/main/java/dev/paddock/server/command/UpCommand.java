package dev.paddock.server.command;

import dev.paddock.cli.output.Console;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.server.Server;
import dev.paddock.server.config.ServerConfig;
import dev.paddock.server.doctor.Doctor;
import dev.paddock.server.doctor.Finding;
import dev.paddock.server.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Start the server on this machine.",
    footerHeading = "%n",
    footer = {
      "Settings come from the environment: PADDOCK_HOST, PADDOCK_API_PORT, PADDOCK_PROXY_PORT,",
      "PADDOCK_PUBLIC_URL, PADDOCK_PROXY_DOMAIN, PADDOCK_PROXY_PROTOCOL, PADDOCK_DATABASE_URL,",
      "PADDOCK_RUNTIME, PADDOCK_RUNTIMES, PADDOCK_REGION."
    })
public final class UpCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = {"-d", "--detach"},
      description = "Start in the background and return when the server is ready.")
  private boolean detach;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = Console.system();
    ServerConfig config = options.config();
    Optional<ProcessHandle> running = ServerLock.holder(config.dataDir());
    if (running.isPresent()) {
      console.note("A server runs already (process " + running.get().pid() + ")");
      return detach ? 0 : 1;
    }
    if (!healthy(console, config)) {
      return 1;
    }
    Files.createDirectories(
        config.dataDir(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return detach ? new DetachedServer(config, console).start() : serve(console, config);
  }

  private static boolean healthy(Console console, ServerConfig config) {
    List<Finding> failures =
        new Doctor(config)
            .all(false).stream().filter(finding -> finding.level() == Level.FAILURE).toList();
    failures.forEach(finding -> DoctorCommand.print(console, finding));
    return failures.isEmpty();
  }

  private static int serve(Console console, ServerConfig config)
      throws IOException, InterruptedException {
    Optional<ServerLock> lock = ServerLock.take(config.dataDir());
    if (lock.isEmpty()) {
      console.note("Another server has just started on " + config.dataDir());
      return 1;
    }
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(ended, closed), "shutdown"));
    try (ServerLock _ = lock.get();
        Server server = Server.start(config, console::note)) {
      console.note("Paddock is ready: " + server.apiUrl());
      console.note("Key and URL for clients: " + server.adminEnv());
      ended.await();
      console.note("Stopping; sandboxes go on");
    } catch (PaddockException e) {
      console.note("Tried to start but failed: " + e.getMessage());
      return 1;
    } finally {
      closed.countDown();
    }
    return 0;
  }

  /** The JVM ends when its shutdown hooks have returned, so the hook waits for the server. */
  private static void endAndWait(CountDownLatch ended, CountDownLatch closed) {
    ended.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
