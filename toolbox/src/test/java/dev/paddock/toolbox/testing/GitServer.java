package dev.paddock.toolbox.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Git's own HTTP service, for callers with a password: {@code git http-backend} behind the JDK's
 * web server. Repositories below {@code forbidden} are nobody's.
 */
public final class GitServer implements AutoCloseable {
  /** Who may come in. */
  public static final String USER = "user";

  /** With this password, in which a shell or a URL would see more than letters. */
  public static final String PASSWORD = "p@ss \\ 'word\" $HOME %41";

  private final Path root;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> passwords = new CopyOnWriteArrayList<>();

  /** Serves the repositories below {@code root}. */
  public GitServer(Path root) throws IOException {
    this.root = root;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** The address of a repository. */
  public String url(String repository) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
  }

  /** Every user name and password that was offered. */
  public List<String> offered() {
    return List.copyOf(passwords);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String credentials = credentials(exchange);
      if (!credentials.isEmpty()) {
        passwords.add(credentials);
      }
      if (!credentials.equals(USER + ":" + PASSWORD)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (exchange.getRequestURI().getPath().startsWith("/forbidden")) {
        exchange.sendResponseHeaders(403, -1);
      } else {
        serve(exchange);
      }
    }
  }

  private static String credentials(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return "";
    }
    byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
    return new String(decoded, StandardCharsets.UTF_8);
  }

  private void serve(HttpExchange exchange) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> variables = builder.environment();
    variables.put("GIT_PROJECT_ROOT", root.toString());
    variables.put("GIT_HTTP_EXPORT_ALL", "1");
    variables.put("REMOTE_USER", USER);
    variables.put("REQUEST_METHOD", exchange.getRequestMethod());
    variables.put("PATH_INFO", exchange.getRequestURI().getPath());
    putIfPresent(variables, "QUERY_STRING", exchange.getRequestURI().getRawQuery());
    putIfPresent(variables, "CONTENT_TYPE", header(exchange, "Content-Type"));
    putIfPresent(variables, "HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"));
    putIfPresent(variables, "GIT_PROTOCOL", header(exchange, "Git-Protocol"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var input = process.getOutputStream()) {
      exchange.getRequestBody().transferTo(input);
    }
    try (var output = new BufferedInputStream(process.getInputStream())) {
      exchange.sendResponseHeaders(readHead(output, exchange), 0);
      output.transferTo(exchange.getResponseBody());
    }
  }

  private static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private static void putIfPresent(
      Map<String, String> variables, String name, @Nullable String value) {
    if (value != null) {
      variables.put(name, value);
    }
  }

  private static int readHead(InputStream output, HttpExchange exchange) throws IOException {
    int status = 200;
    for (String line = line(output); !line.isEmpty(); line = line(output)) {
      String[] parts = line.split(": ", 2);
      if (parts[0].equals("Status")) {
        status = Integer.parseInt(parts[1].substring(0, 3));
      } else {
        exchange.getResponseHeaders().set(parts[0], parts[1]);
      }
    }
    return status;
  }

  private static String line(InputStream output) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = output.read(); c >= 0 && c != '\n'; c = output.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
