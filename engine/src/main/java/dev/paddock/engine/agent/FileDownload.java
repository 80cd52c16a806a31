package dev.paddock.engine.agent;

import java.io.InputStream;
import java.time.Duration;

/** A file that is being read. */
public final class FileDownload implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final AgentConnection connection;
  private final FileInfo info;
  private final InputStream body;

  /**
   * @param most bytes that may come. Where no length was asked for, a file's size is no bound: it
   *     may grow meanwhile, and files of /proc claim to be empty.
   */
  FileDownload(AgentConnection connection, FileInfo info, long most) {
    this.connection = connection;
    this.info = info;
    this.body = new DataInput(connection, IDLE, most);
  }

  /** What the file was when reading began. */
  public FileInfo info() {
    return info;
  }

  /**
   * The bytes of the range, never more than were asked for. They may be fewer than the size
   * promised, when the sandbox cuts the file meanwhile; a broken connection is an {@code
   * UnavailableException}, never an early end.
   */
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    connection.close();
  }
}
