package dev.paddock.server.command;

import dev.paddock.cli.output.Console;
import dev.paddock.server.config.ServerConfig;
import dev.paddock.server.doctor.Doctor;
import dev.paddock.server.doctor.Finding;
import dev.paddock.server.doctor.Finding.Level;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
    name = "doctor",
    description = "Check whether this host can run sandboxes, and say how to mend what is missing.")
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    ServerConfig config = options.config();
    boolean running = ServerLock.holder(config.dataDir()).isPresent();
    List<Finding> findings = new Doctor(config).all(running);
    Console console = Console.system();
    if (json) {
      console.json(asJson(findings));
    } else {
      findings.forEach(finding -> print(console, finding));
    }
    return findings.stream().anyMatch(finding -> finding.level() == Level.FAILURE) ? 1 : 0;
  }

  static void print(Console console, Finding finding) {
    String mark =
        switch (finding.level()) {
          case OK -> "ok  ";
          case WARNING -> "warn";
          case FAILURE -> "FAIL";
        };
    console.line(String.format("%s  %-16s %s", mark, finding.name(), finding.detail()));
    if (!finding.remedy().isEmpty()) {
      console.line("                        -> " + finding.remedy());
    }
  }

  private static ArrayNode asJson(List<Finding> findings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      array
          .addObject()
          .put("name", finding.name())
          .put("level", finding.level().name())
          .put("detail", finding.detail())
          .put("remedy", finding.remedy());
    }
    return array;
  }
}
