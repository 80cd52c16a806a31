package dev.paddock.cli.client;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The background session of a sandbox in which {@code opencode serve} runs. */
final class OpenCodeSession {
  /** The session's id; its log is read under this name. */
  static final String ID = "opencode";

  private static final String PATH = "/process/session";
  private static final Pattern PASSWORD =
      Pattern.compile("^export OPENCODE_SERVER_PASSWORD='([^']*)'$", Pattern.MULTILINE);

  private final ApiClient toolbox;
  private final int port;

  OpenCodeSession(ApiClient toolbox, int port) {
    this.toolbox = toolbox;
    this.port = port;
  }

  /**
   * Lets OpenCode run: one that runs already goes on when it has these settings, or when none are
   * given; otherwise it is started anew.
   *
   * @param password null for the one in use, or a generated one
   * @return the password
   */
  String run(Map<String, String> env, @Nullable String password) {
    boolean exists = false;
    for (JsonNode session : toolbox.get(PATH)) {
      exists |= session.path("sessionId").asString().equals(ID);
    }
    if (exists) {
      Optional<String> inUse = passwordInUse(env, password);
      if (inUse.isPresent()) {
        return inUse.get();
      }
      toolbox.delete(PATH + "/" + ID);
    }
    String secret = password == null ? generatedPassword() : password;
    toolbox.post(PATH, Map.of("sessionId", ID));
    toolbox.post(
        PATH + "/" + ID + "/exec", Map.of("command", command(env, secret), "runAsync", true));
    return secret;
  }

  private Optional<String> passwordInUse(Map<String, String> env, @Nullable String wanted) {
    for (JsonNode command : toolbox.get(PATH + "/" + ID).path("commands")) {
      String text = command.path("command").asString("");
      Matcher found = PASSWORD.matcher(text);
      if (command.path("exitCode").isNumber() || !found.find()) {
        continue;
      }
      String password = found.group(1);
      boolean nothingGiven = env.isEmpty() && wanted == null;
      String expected = nothingGiven ? serve() : command(env, wanted == null ? password : wanted);
      if (nothingGiven ? text.endsWith(expected) : text.equals(expected)) {
        return Optional.of(password);
      }
    }
    return Optional.empty();
  }

  private String command(Map<String, String> env, String password) {
    StringBuilder command = new StringBuilder();
    env.forEach((key, value) ->
        command.append("export ").append(key).append('=').append(quote(value)).append('\n'));
    command.append("export OPENCODE_SERVER_PASSWORD=").append(quote(password)).append('\n');
    return command.append(serve()).toString();
  }

  private String serve() {
    return "exec opencode serve --port " + port + " --hostname 0.0.0.0";
  }

  private static String generatedPassword() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static String quote(String value) {
    return "'" + String.join("'\\''", List.of(value.split("'", -1))) + "'";
  }
}
