package dev.paddock.cli.command;

import dev.paddock.cli.output.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "info", description = "Show one sandbox.")
final class InfoCommand implements Callable<Integer> {
  @Mixin private ApiOptions server = new ApiOptions();

  @Parameters(paramLabel = "SANDBOX", description = "Id or name.")
  private String sandbox = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.system();
    JsonNode details = server.sandbox(sandbox).details();
    if (json) {
      console.json(details);
      return 0;
    }
    details
        .properties()
        .forEach(field -> {
          JsonNode value = field.getValue();
          String text = value.isValueNode() ? value.asString() : value.toString();
          console.line(String.format("%-22s %s", field.getKey(), text));
        });
    return 0;
  }
}
