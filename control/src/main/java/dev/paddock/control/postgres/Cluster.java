package dev.paddock.control.postgres;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The files of one embedded PostgreSQL, and how its programs are run on them. */
final class Cluster {
  /** The database role that owns everything. */
  static final String ROLE = "paddock";

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration INIT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final long LOG_LIMIT = 10L << 20;

  /** One host's sandboxes are few rows: small caches, no query planning for analysts. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=50",
          "shared_buffers=32MB",
          "work_mem=4MB",
          "maintenance_work_mem=32MB",
          "max_wal_size=256MB",
          "huge_pages=off",
          "jit=off",
          "max_parallel_workers_per_gather=0",
          "synchronous_commit=on",
          "log_min_messages=warning",
          "log_line_prefix=%m [%p] ");

  private final Path home;
  private final PostgresAccount account;
  private final String password;

  private Cluster(Path home, PostgresAccount account, String password) {
    this.home = home;
    this.account = account;
    this.password = password;
  }

  /** The cluster in {@code home}, made by initdb the first time. */
  static Cluster open(Path home) throws IOException {
    PostgresBinaries.unpack(home);
    PostgresAccount account = PostgresAccount.of(home);
    Cluster cluster = new Cluster(home, account, password(home, account));
    if (!Files.isDirectory(cluster.data())) {
      cluster.initialize();
    }
    return cluster;
  }

  Path data() {
    return home.resolve("data");
  }

  String password() {
    return password;
  }

  /** Starts the server and waits until it takes connections. */
  Postmaster launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program("postgres"));
    command.addAll(List.of("-D", account.directory() + "/data", "-p", Integer.toString(port())));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    File log = home.resolve("postgres.log").toFile();
    if (log.length() > LOG_LIMIT) {
      Files.deleteIfExists(log.toPath());
    }
    Process process =
        account.command(command).redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
    process.getOutputStream().close();
    return await(process.pid(), process::isAlive);
  }

  /** Waits until a server that is starting takes connections. */
  Postmaster await(Postmaster starting) throws IOException {
    return await(
        starting.pid(),
        () -> ProcessHandle.of(starting.pid()).map(ProcessHandle::isAlive).orElse(false));
  }

  /** Sends a signal that Java has no word for. */
  static void signal(long pid, String name) throws IOException {
    run(
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD),
        Duration.ofSeconds(5));
  }

  private Postmaster await(long pid, BooleanSupplier alive) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline && alive.getAsBoolean()) {
      Optional<Postmaster> found = Postmaster.find(data());
      if (found.isPresent() && found.get().pid() == pid && found.get().ready()) {
        return found.get();
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new IOException("PostgreSQL did not become ready");
  }

  /** Done beside the data directory and moved there, so that a torn attempt does not count. */
  private void initialize() throws IOException {
    Path fresh = home.resolve("data.partial");
    if (Files.exists(fresh)) {
      Files.move(fresh, home.resolve("data.torn-" + System.currentTimeMillis()));
    }
    Files.createDirectory(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    account.own(fresh);
    List<String> command =
        List.of(
            program("initdb"),
            "--pgdata=" + account.directory() + "/data.partial",
            "--username=" + ROLE,
            "--pwfile=" + account.directory() + "/password",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    File log = home.resolve("postgres.log").toFile();
    run(account.command(command).redirectOutput(ProcessBuilder.Redirect.appendTo(log)), INIT);
    Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private String program(String name) {
    return account.directory() + "/" + PostgresBinaries.VERSION + "/bin/" + name;
  }

  private static void run(ProcessBuilder builder, Duration limit) throws IOException {
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("PostgreSQL's set-up took too long");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL was set up", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException("PostgreSQL's set-up failed with status " + process.exitValue());
    }
  }

  private static int port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A random password, kept where only root and the account can read it. */
  private static String password(Path home, PostgresAccount account) throws IOException {
    Path file = home.resolve("password");
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Path fresh = home.resolve("password.partial");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, password);
    account.own(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }
}
