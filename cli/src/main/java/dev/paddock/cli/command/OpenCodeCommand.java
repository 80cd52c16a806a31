package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.OpenCodeSandbox;
import dev.paddock.cli.output.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "opencode",
    description = "Run OpenCode in a sandbox and show where it is reached.",
    footerHeading = "%n",
    footer = {
      "A sandbox of the same name is used again, with its files. OpenCode that runs in it",
      "goes on, unless another --port, --env or --password is given."
    })
final class OpenCodeCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Option(names = "--name", description = "Name of the sandbox; default: ${DEFAULT-VALUE}.")
  private String name = "opencode";

  @Option(names = "--snapshot", description = "Snapshot with OpenCode; default: ${DEFAULT-VALUE}.")
  private String snapshot = "opencode";

  @Option(names = "--port", description = "Port inside the sandbox; default: ${DEFAULT-VALUE}.")
  private int port = 4096;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "KEY=VALUE",
      description = "Environment of OpenCode, such as a provider's key; may be repeated.")
  private Map<String, String> env = new LinkedHashMap<>();

  @Option(
      names = "--password",
      description = "OpenCode's server password; default: the one in use, or a generated one.")
  private @Nullable String password;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    OpenCodeSandbox job = new OpenCodeSandbox(api, console, port);
    OpenCodeSandbox.Running running = job.run(name, snapshot, env, password);
    if (json) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.put("sandbox", running.sandboxId()).put("url", running.url());
      result.put("previewToken", running.previewToken());
      result.put("username", "opencode").put("password", running.password());
      result.put("version", running.version());
      console.json(result);
      return 0;
    }
    console.line("");
    console.line("OpenCode " + running.version() + " runs in sandbox " + name);
    console.line("");
    console.line(
        "  open      " + running.url() + "/?DAYTONA_SANDBOX_AUTH_KEY=" + running.previewToken());
    console.line("  URL       " + running.url());
    console.line("  token     " + running.previewToken() + "  (header x-daytona-preview-token)");
    console.line("  user      opencode");
    console.line("  password  " + running.password());
    console.line("");
    String paddock = System.getProperty("paddock.command", "paddock");
    console.line("  shell     " + paddock + " exec -it " + name + " -- bash");
    console.line("  remove    " + paddock + " rm " + name);
    return 0;
  }
}
