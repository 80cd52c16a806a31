package dev.paddock.engine.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
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
final class FakeAgent implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel listener;

  /** What is done with a connection, which is closed afterwards. */
  interface Behaviour {
    void serve(SocketChannel connection) throws IOException;
  }

  FakeAgent(Behaviour behaviour) throws IOException {
    this.socket = Files.createTempDirectory("fake-agent").resolve("socket");
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(() -> accept(behaviour));
  }

  /** One that sends these bytes and closes. */
  static FakeAgent saying(byte[] bytes) throws IOException {
    return new FakeAgent(connection -> {
      connection.read(ByteBuffer.allocate(1 << 16));
      write(connection, bytes);
    });
  }

  Path socket() {
    return socket;
  }

  AgentClient client() {
    return new AgentClient(new AgentConnections(socket));
  }

  static byte[] frame(int kind, byte[] payload) {
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

  static void write(SocketChannel connection, byte[] bytes) throws IOException {
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
