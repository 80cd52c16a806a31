package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.SandboxRef;
import dev.paddock.cli.output.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "preview", description = "Show the URL under which a port of a sandbox is reached.")
final class PreviewCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name.")
  private String sandbox = "";

  @Parameters(index = "1", paramLabel = "PORT", description = "1 to 65535.")
  private int port;

  @Option(names = "--json", description = "Print JSON with url and token.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.system();
    ApiClient api = server.api();
    SandboxRef ref = SandboxRef.find(api, sandbox);
    JsonNode preview = api.get("/sandbox/" + ref.id() + "/ports/" + port + "/preview-url");
    if (json) {
      console.json(preview);
      return 0;
    }
    String url = preview.path("url").asString();
    console.line(url);
    if (!ref.details().path("public").asBoolean()) {
      String token = preview.path("token").asString();
      console.note("In a browser: " + url + "/?DAYTONA_SANDBOX_AUTH_KEY=" + token);
      console.note("For programs:  x-daytona-preview-token: " + token);
    }
    return 0;
  }
}
