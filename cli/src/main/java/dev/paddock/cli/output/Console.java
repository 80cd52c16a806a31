package dev.paddock.cli.output;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where commands write: results to standard output, everything else to standard error. */
public final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public Console(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Standard output and error of this process. */
  public static Console system() {
    boolean terminal =
        Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false);
    return new Console(System.out, System.err, terminal);
  }

  /** One line of the result. */
  public void line(String text) {
    out.println(text);
  }

  /** The result as indented JSON. */
  public void json(JsonNode value) {
    out.println(json.writeValueAsString(value));
  }

  /** A table with a heading; columns are as wide as their widest cell. */
  public void table(List<String> heading, List<List<String>> rows) {
    new Table(heading, rows).print(out);
  }

  /** Something that a person may want to know and a program does not. */
  public void note(String text) {
    err.println(text);
  }

  /** Progress of long work: redrawn in place on a terminal, plain lines otherwise. */
  public Progress progress(String task) {
    return new Progress(err, terminal, task);
  }

  /** The raw standard output, for bytes. */
  public PrintStream out() {
    return out;
  }

  /** The raw standard error, for bytes. */
  public PrintStream err() {
    return err;
  }
}
