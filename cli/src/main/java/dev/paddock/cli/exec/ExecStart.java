package dev.paddock.cli.exec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What to run.
 *
 * @param cwd empty means the sandbox's work directory
 * @param user empty means the sandbox's user
 * @param stdin whether standard input will be sent
 * @param timeoutSeconds 0 means none
 */
public record ExecStart(
    List<String> argv,
    String cwd,
    Map<String, String> env,
    String user,
    boolean stdin,
    Optional<Size> terminal,
    int timeoutSeconds) {

  /** Size of a terminal in characters. */
  public record Size(int columns, int rows) {}

  /** The first frame of the conversation. */
  String frame() {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", "start");
    frame.put("argv", argv);
    frame.put("env", env);
    frame.put("stdin", stdin);
    frame.put("timeout", timeoutSeconds);
    if (!cwd.isEmpty()) {
      frame.put("cwd", cwd);
    }
    if (!user.isEmpty()) {
      frame.put("user", user);
    }
    terminal.ifPresent(
        size -> frame.put("terminal", Map.of("columns", size.columns(), "rows", size.rows())));
    return new JsonMapper().writeValueAsString(frame);
  }
}
