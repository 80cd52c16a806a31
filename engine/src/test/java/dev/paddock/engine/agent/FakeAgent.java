package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.Request;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Answers every connection the way a test says. */
public final class FakeAgent implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel listener;

  /** What is done with a connection, which is closed afterwards. */
  @FunctionalInterface
  public interface Behaviour {
    /** Any failure to read or write ends the connection. */
    void serve(SocketChannel connection) throws IOException;
  }

  /** Listens at a socket of its own. */
  public FakeAgent(Behaviour behaviour) throws IOException {
    this.socket = Files.createTempDirectory("fake-agent").resolve("socket");
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(() -> accept(behaviour));
  }

  /** One that sends these bytes and closes. */
  public static FakeAgent saying(byte[] bytes) throws IOException {
    return new FakeAgent(connection -> {
      connection.read(ByteBuffer.allocate(1 << 16));
      write(connection, bytes);
    });
  }

  Path socket() {
    return socket;
  }

  /** One who speaks to it. */
  public AgentClient client() {
    return new AgentClient(new AgentConnections(socket));
  }

  /** A frame. */
  public static byte[] frame(int kind, byte[] payload) {
    return frame(kind, payload.length, payload);
  }

  /** A frame whose length may lie. */
  static byte[] frame(int kind, int length, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(kind);
      out.writeInt(length);
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The request that a connection begins with. */
  public static Request request(SocketChannel connection) throws IOException {
    ByteBuffer header = read(connection, Frame.HEADER);
    return Request.parseFrom(read(connection, header.getInt(1)));
  }

  private static ByteBuffer read(SocketChannel connection, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (connection.read(bytes) < 0) {
        throw new EOFException("The client left in the middle of a frame");
      }
    }
    return bytes.flip();
  }

  /** Writes all of it. */
  public static void write(SocketChannel connection, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      connection.write(buffer);
    }
  }

  private void accept(Behaviour behaviour) {
    try {
      while (true) {
        SocketChannel connection = listener.accept();
        Thread.ofVirtual().start(() -> serve(behaviour, connection));
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(Behaviour behaviour, SocketChannel connection) {
    try (connection) {
      behaviour.serve(connection);
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(socket);
    Files.delete(socket.getParent());
  }
}
