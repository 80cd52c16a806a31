package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.CommandFailure;
import dev.paddock.cli.exec.ExecConversation;
import dev.paddock.cli.exec.ExecStart;
import dev.paddock.cli.exec.LocalTerminal;
import dev.paddock.cli.output.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "exec",
    description = "Run a command in a sandbox, with its output as it comes and its exit status.",
    footerHeading = "%n",
    footer = {
      "  paddock exec web -- python3 -c 'print(6 * 7)'",
      "  paddock exec -it web -- bash",
      "  tar -c . | paddock exec -i web -- tar -x -C /tmp",
      "",
      "The exit status is the command's own; 125 means that Paddock itself failed.",
      "SIGINT, SIGTERM and SIGHUP are passed on to the command."
    })
final class ExecCommand implements Callable<Integer> {
  private static final int PADDOCK_FAILED = 125;
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name.")
  private String sandbox = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "After `--`.")
  private List<String> argv = List.of();

  @Option(
      names = {"-i", "--interactive"},
      description = "Send standard input to the command.")
  private boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "Give the command a terminal.")
  private boolean tty;

  @Option(names = "--cwd", description = "Directory to run in.")
  private String cwd = "";

  @Option(names = "--user", description = "User to run as; default: the sandbox's.")
  private String user = "";

  @Option(
      names = {"-e", "--env"},
      paramLabel = "KEY=VALUE",
      description = "Environment variable; may be repeated.")
  private Map<String, String> env = new LinkedHashMap<>();

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "Kill it after this time.")
  private int timeoutSeconds;

  @Override
  public Integer call() {
    try {
      ApiClient toolbox = server.sandbox(sandbox).toolbox();
      return tty ? runInTerminal(toolbox) : runPlain(toolbox);
    } catch (CommandFailure e) {
      Console.system().note(e.getMessage());
      return PADDOCK_FAILED;
    }
  }

  private int runPlain(ApiClient toolbox) {
    ExecConversation conversation = connect(toolbox);
    // The terminal's Ctrl-C is meant for the command; its end is what ends this program.
    Signals.register("HUP", () -> conversation.signal(SIGHUP));
    Signals.register("INT", () -> conversation.signal(SIGINT));
    Signals.register("TERM", () -> conversation.signal(SIGTERM));
    conversation.start(command(Optional.empty()));
    if (interactive) {
      Thread.ofPlatform().daemon().name("stdin").start(() -> pump(conversation));
    }
    return conversation.await();
  }

  private int runInTerminal(ApiClient toolbox) {
    try (LocalTerminal terminal = LocalTerminal.raw()) {
      ExecConversation conversation = connect(toolbox);
      conversation.start(command(Optional.of(terminal.size())));
      terminal.onResize(conversation::resize);
      if (interactive) {
        Thread.ofPlatform().daemon().name("stdin").start(() -> pump(conversation));
      }
      return conversation.await();
    }
  }

  private static ExecConversation connect(ApiClient toolbox) {
    return ExecConversation.connect(toolbox, System.out, System.err);
  }

  private ExecStart command(Optional<ExecStart.Size> terminal) {
    return new ExecStart(argv, cwd, env, user, interactive, terminal, timeoutSeconds);
  }

  private static void pump(ExecConversation conversation) {
    byte[] buffer = new byte[32 * 1024];
    InputStream in = System.in;
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        conversation.input(buffer, read);
      }
      conversation.endInput();
    } catch (IOException e) {
      Console.system().note("Standard input broke: " + e);
      conversation.endInput();
    }
  }
}
