package dev.paddock.cli.exec;

import dev.paddock.cli.client.CommandFailure;
import java.io.IOException;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** The terminal of this process in raw mode: every key goes to the sandbox. */
public final class LocalTerminal implements AutoCloseable {
  private final Terminal terminal;
  private final Attributes before;

  private LocalTerminal(Terminal terminal) {
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
    passEverything();
  }

  /**
   * The library's raw mode keeps Ctrl-C for this process, translates line ends, and lets a read
   * return without a key, which looks like the end of input.
   */
  private void passEverything() {
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(LocalFlag.ISIG, false);
    raw.setOutputFlag(OutputFlag.OPOST, false);
    raw.setControlChar(ControlChar.VMIN, 1);
    raw.setControlChar(ControlChar.VTIME, 0);
    terminal.setAttributes(raw);
  }

  /** Puts the terminal into raw mode until {@link #close()}. */
  public static LocalTerminal raw() {
    try {
      return new LocalTerminal(
          TerminalBuilder.builder().system(true).dumb(false).ffm(true).build());
    } catch (IOException | IllegalStateException e) {
      throw new CommandFailure(
          CommandFailure.USAGE, "-t needs a terminal; leave it out for pipes and scripts", e);
    }
  }

  /** Its size now. */
  public ExecStart.Size size() {
    return new ExecStart.Size(
        Math.clamp(terminal.getWidth(), 1, 1000), Math.clamp(terminal.getHeight(), 1, 1000));
  }

  /** Whom to tell when the window is resized. */
  public void onResize(Consumer<ExecStart.Size> listener) {
    terminal.handle(Signal.WINCH, signal -> listener.accept(size()));
  }

  @Override
  public void close() {
    terminal.setAttributes(before);
    try {
      terminal.close();
    } catch (IOException e) {
      throw new CommandFailure(CommandFailure.FAILED, "Tried to restore the terminal", e);
    }
  }
}
