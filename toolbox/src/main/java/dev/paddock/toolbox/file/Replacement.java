package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.FileDownload;
import dev.paddock.engine.agent.WriteOptions;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.toolbox.SandboxPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Replaces a text in files of any size, each of which changes at once or not at all. Once there is
 * no time left, the files that remain stay as they are.
 */
final class Replacement {
  private static final int LOOKED_AT = 8192;
  private static final String TOO_LONG =
      "there was no time left for it; replace in fewer files at once, or by a command";

  private final byte[] pattern;
  private final byte[] replacement;
  private final TimeAllowed time;

  /**
   * @param time for all files together
   */
  Replacement(String pattern, String replacement, TimeAllowed time) {
    this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
    this.replacement = replacement.getBytes(StandardCharsets.UTF_8);
    this.time = time;
  }

  /** Replaces in one file. One that does not hold the text is not written. */
  ReplaceResult in(AgentClient agent, String file) throws IOException {
    try {
      String path = SandboxPath.require(file);
      time.check();
      if (occursIn(agent, path)) {
        rewrite(agent, path);
      }
      return ReplaceResult.done(file);
    } catch (PaddockException failure) {
      return ReplaceResult.failed(file, time.isOver() ? TOO_LONG : failure.getMessage());
    }
  }

  private boolean occursIn(AgentClient agent, String path) throws IOException {
    try (FileDownload download = agent.read(path, 0, 0);
        InputStream text = text(bounded(download));
        ReplacingInput content = new ReplacingInput(text, pattern, replacement)) {
      content.transferTo(OutputStream.nullOutputStream());
      return content.replaced();
    }
  }

  /** The whole of a file that looks like text, by what a search takes for text. */
  private static InputStream text(InputStream body) throws IOException {
    byte[] head = body.readNBytes(LOOKED_AT);
    for (byte next : head) {
      if (next == 0) {
        throw new InvalidException("it is a binary file, which is left as it is");
      }
    }
    return new SequenceInputStream(new ByteArrayInputStream(head), body);
  }

  /** The old file is read while the new one grows beside it and takes its name at the end. */
  private void rewrite(AgentClient agent, String path) throws IOException {
    try (FileDownload download = agent.read(path, 0, 0);
        ReplacingInput content = new ReplacingInput(bounded(download), pattern, replacement)) {
      agent.write(path, content, new WriteOptions(0, false).within(time.left()));
    }
  }

  private InputStream bounded(FileDownload download) {
    return new BoundedInput(download.body(), download.info().size(), time);
  }
}
