package dev.paddock.toolbox.process;

import dev.paddock.engine.agent.Command;
import dev.paddock.model.failure.InvalidException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The languages that code may be in. A program gets its code through its standard input: other
 * users of the sandbox see command lines, and those have a limit.
 */
enum CodeLanguage {
  PYTHON,
  JAVASCRIPT,
  TYPESCRIPT;

  private static final String PYTHON_PROGRAM = "/dev/paddock/toolbox/process/run.py";

  /** Reads what precedes the program and the program, and leaves nothing of itself behind. */
  private static final String PYTHON_START =
      """
      def start():
          import sys
          read = lambda: sys.stdin.buffer.read(int(sys.stdin.buffer.readline()))
          own = {"__name__": "paddock"}
          exec(compile(read(), "<string>", "exec"), own)
          program = read().decode()
          own["prepare"](program)
          main = vars(sys.modules["__main__"])
          exec(compile(program, "<stdin>", "exec"), main)
      globals().pop("start")()
      """;

  /** Compiles as ts-node compiles a file. */
  private static final String TYPESCRIPT_START =
      """
      (() => {
        const path = require("path").join(process.cwd(), "[stdin].ts");
        process.argv.splice(1, 0, path);
        const code = require("fs").readFileSync(0, "utf8");
        const compiler = (process as any)[Symbol.for("ts-node.register.instance")];
        const Module = require("module");
        const main = new Module(path);
        main.filename = path;
        main.paths = Module._nodeModulePaths(process.cwd());
        main._compile(compiler.compile(code, path), path);
      })();
      """;

  /**
   * The language of that name.
   *
   * @throws InvalidException when there is none
   */
  static CodeLanguage require(String name) {
    for (CodeLanguage language : values()) {
      if (language.name().toLowerCase(Locale.ROOT).equals(name)) {
        return language;
      }
    }
    throw new InvalidException("language must be python, javascript or typescript");
  }

  /** What runs code, with the code's arguments. */
  Command command(List<String> arguments) {
    List<String> program =
        switch (this) {
          case PYTHON -> List.of("python3", "-u", "-c", PYTHON_START);
          case JAVASCRIPT -> List.of("node", "-");
          case TYPESCRIPT ->
              List.of("ts-node", "-O", "{\"module\":\"CommonJS\"}", "-e", TYPESCRIPT_START);
        };
    return Command.argv(Stream.concat(program.stream(), arguments.stream()).toArray(String[]::new));
  }

  /** What the program reads. */
  byte[] input(String code) {
    byte[] text = code.getBytes(StandardCharsets.UTF_8);
    if (this != PYTHON) {
      return text;
    }
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(SandboxProgram.withLength(SandboxProgram.load(PYTHON_PROGRAM)));
    input.writeBytes(SandboxProgram.withLength(text));
    return input.toByteArray();
  }
}
