package dev.paddock.toolbox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and an agent, and cuts their connections when told to. */
public final class CuttingRelay implements AutoCloseable {
  private final Path agent;
  private final ServerSocketChannel listener;
  private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

  /** Listens at {@code socket} for connections to {@code agent}. */
  public CuttingRelay(Path socket, Path agent) throws IOException {
    this.agent = agent;
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(agent));
        connections.addAll(List.of(client, server));
        if (!listener.isOpen()) {
          cut();
        }
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      }
    } catch (ClosedChannelException closed) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pass(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException cut) {
      buffer.clear();
    }
  }

  /** Cuts all connections that are open now. */
  public void cut() throws IOException {
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
