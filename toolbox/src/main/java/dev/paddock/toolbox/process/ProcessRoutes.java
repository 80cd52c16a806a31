package dev.paddock.toolbox.process;

import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Operation;
import java.nio.file.Path;

/** {@code /process/execute}, {@code /process/code-run} and the streaming {@code /process/exec}. */
public final class ProcessRoutes {
  /** What the commands of a sandbox may write at most, in bytes: 1 GiB. More belongs in a file. */
  private static final long OUTPUT_LIMIT = 1L << 30;

  /** What all commands together may have on its way to clients, in bytes: 4 GiB. */
  private static final long TOTAL_OUTPUT_LIMIT = 4L << 30;

  private final SpoolSpace space;

  /**
   * @param spoolDirectory for output that does not fit memory
   */
  public ProcessRoutes(Path spoolDirectory) {
    this.space = new SpoolSpace(spoolDirectory, OUTPUT_LIMIT, TOTAL_OUTPUT_LIMIT);
  }

  /** Adds them. */
  public void addTo(RouteTable table) {
    table.post(
        "/process/execute",
        Operation.of("ExecuteCommand", "process", "Runs a command to its end")
            .reads(ExecuteRequest.class)
            .answers(200, ExecuteResponse.class),
        (agent, exchange) -> new ExecuteCommand(agent, space).run(exchange));
    table.post(
        "/process/code-run",
        Operation.of("CodeRun", "process", "Runs code to its end")
            .reads(CodeRunRequest.class)
            .answers(200, CodeRunResponse.class),
        (agent, exchange) -> new CodeRun(agent, space).run(exchange));
    table.socket("/process/exec", new ExecSocket());
  }
}
