package dev.paddock.toolbox.lsp;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.FileDownload;
import dev.paddock.engine.agent.FileInfo;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents that a language server has open. It works on what it is told and not on the disk,
 * so a document that has changed there is told again before anything is asked about it. The one who
 * asks holds the server's lock.
 */
final class Documents {
  /** The largest document, in bytes. */
  private static final int MAX_SIZE = 4 << 20;

  /** Documents that are open at one time; the one that was used longest ago is closed. */
  private static final int MAX_OPEN = 200;

  private final AgentClient agent;
  private final Language language;
  private final RpcConnection connection;
  private final Map<String, Version> open = new LinkedHashMap<>(16, 0.75f, true);

  private record Version(int number, long size, Instant modifiedAt) {}

  Documents(AgentClient agent, Language language, RpcConnection connection) {
    this.agent = agent;
    this.language = language;
    this.connection = connection;
  }

  boolean none() {
    return open.isEmpty();
  }

  boolean isOpen(String path) {
    return open.containsKey(path);
  }

  /** Makes the server know a document as it is on disk now. */
  void refresh(String path) {
    FileInfo file = agent.stat(path);
    if (file.isDirectory() || file.size() > MAX_SIZE) {
      throw new InvalidException(path + " is no document of at most 4 MiB");
    }
    Version known = open.get(path);
    if (known == null) {
      opened(path, read(path));
      open.put(path, new Version(1, file.size(), file.modifiedAt()));
      closeOldest();
    } else if (known.size() != file.size() || !known.modifiedAt().equals(file.modifiedAt())) {
      changed(path, known.number() + 1, read(path));
      open.put(path, new Version(known.number() + 1, file.size(), file.modifiedAt()));
    }
  }

  /** Makes the server forget a document, if it knows it. */
  void close(String path) {
    if (open.remove(path) != null) {
      ObjectNode parameters = RpcConnection.object();
      parameters.putObject("textDocument").put("uri", FileUri.of(path));
      connection.inform("textDocument/didClose", parameters);
    }
  }

  /** The path of a client's URI, which may be encoded or not. */
  String locate(String path) {
    try {
      agent.stat(path);
      return path;
    } catch (NotFoundException absent) {
      String decoded = FileUri.decoded(path).orElseThrow(() -> absent);
      agent.stat(decoded);
      return decoded;
    }
  }

  private void closeOldest() {
    if (open.size() > MAX_OPEN) {
      close(open.keySet().iterator().next());
    }
  }

  private void opened(String path, String text) {
    ObjectNode parameters = RpcConnection.object();
    parameters
        .putObject("textDocument")
        .put("uri", FileUri.of(path))
        .put("languageId", language.documentLanguage(path))
        .put("version", 1)
        .put("text", text);
    connection.inform("textDocument/didOpen", parameters);
  }

  private void changed(String path, int version, String text) {
    ObjectNode parameters = RpcConnection.object();
    parameters.putObject("textDocument").put("uri", FileUri.of(path)).put("version", version);
    parameters.putArray("contentChanges").addObject().put("text", text);
    connection.inform("textDocument/didChange", parameters);
  }

  private String read(String path) {
    try (FileDownload file = agent.read(path, 0, MAX_SIZE)) {
      return new String(file.body().readNBytes(MAX_SIZE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
