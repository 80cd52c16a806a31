package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.Configure;
import dev.paddock.engine.agent.wire.Exec;
import dev.paddock.engine.agent.wire.ReadOutput;
import dev.paddock.engine.agent.wire.Request;
import dev.paddock.engine.agent.wire.StartProcess;
import dev.paddock.model.failure.InvalidException;

/** Puts what callers ask for into the protocol's messages. */
final class Requests {
  private Requests() {}

  static Request.Builder of() {
    return Request.newBuilder();
  }

  static Request.Builder configure(AgentConfiguration configuration) {
    return of().setConfigure(
            Configure.newBuilder()
                .putAllEnv(configuration.env())
                .setUser(configuration.user())
                .setWorkDir(configuration.workDir())
                .setHostname(configuration.hostname())
                .addAllEntrypoint(configuration.entrypoint()));
  }

  static Request.Builder exec(Command command, ExecOptions options) {
    return of().setExec(
            Exec.newBuilder()
                .setCommand(command(command))
                .setTimeoutMillis(options.timeout().toMillis())
                .setStdin(options.stdin())
                .setMergeOutput(options.mergeOutput()));
  }

  static StartProcess.Builder start(String id, Command command) {
    return StartProcess.newBuilder().setId(id).setCommand(command(command));
  }

  static Request.Builder output(ReadOutput.Builder source, long offset, boolean follow) {
    if (offset < 0) {
      throw new InvalidException("An output offset is 0 or more");
    }
    return of().setReadOutput(source.setOffset(offset).setFollow(follow));
  }

  static dev.paddock.engine.agent.wire.Command.Builder command(Command command) {
    dev.paddock.engine.agent.wire.Command.Builder builder =
        dev.paddock.engine.agent.wire.Command.newBuilder()
            .addAllArgv(command.argv())
            .setShellText(command.shellText())
            .setCwd(command.cwd())
            .putAllEnv(command.env())
            .setUser(command.user());
    command.terminal().ifPresent(size -> builder.setTerminal(size(size)));
    return builder;
  }

  static dev.paddock.engine.agent.wire.TerminalSize.Builder size(TerminalSize size) {
    return dev.paddock.engine.agent.wire.TerminalSize.newBuilder()
        .setColumns(size.columns())
        .setRows(size.rows());
  }
}
