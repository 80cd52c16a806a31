package dev.paddock.engine.agent;

import java.io.InputStream;
import java.time.Duration;

/** A file that is being read. */
public final class FileDownload implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final AgentConnection connection;
  private final FileInfo info;
  private final InputStream body;

  FileDownload(AgentConnection connection, FileInfo info) {
    this.connection = connection;
    this.info = info;
    this.body = new DataInput(connection, IDLE);
  }

  /** What the file was when reading began. */
  public FileInfo info() {
    return info;
  }

  /**
   * The bytes of the range. They may be fewer than the size promised, when the sandbox cuts the
   * file meanwhile; a broken connection is an {@code UnavailableException}, never an early end.
   */
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    connection.close();
  }
}
