package dev.paddock.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server that does with each connection just what a test says. */
final class RawServer implements AutoCloseable {
  /** What happens on one connection. */
  interface Script {
    void run(Wire wire) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread acceptor;

  private RawServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.acceptor = Thread.ofVirtual().unstarted(() -> accept(script));
  }

  /** Runs the script for every connection; it is closed afterwards. */
  static RawServer scripted(Script script) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
    RawServer server = new RawServer(socket, script);
    server.acceptor.start();
    return server;
  }

  /** Answers every request's head on a connection with the same bytes, and notes the head. */
  static RawServer answering(String response) throws IOException {
    RawServer[] self = new RawServer[1];
    self[0] =
        scripted(wire -> {
          String head = wire.head();
          while (!head.isEmpty()) {
            self[0].heads.add(head);
            wire.send(response);
            head = wire.head();
          }
        });
    return self[0];
  }

  int port() {
    return socket.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  void note(String head) {
    heads.add(head);
  }

  /** The next request head that was noted. */
  String nextHead() throws InterruptedException {
    String head = heads.poll(10, TimeUnit.SECONDS);
    if (head == null) {
      throw new AssertionError("No request came");
    }
    return head;
  }

  boolean sawNothing() {
    return heads.isEmpty();
  }

  /** Closes the port. An accept that is under way may still take a connection until it wakes. */
  @Override
  public void close() throws IOException {
    socket.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(Script script) {
    while (!socket.isClosed()) {
      try {
        Socket accepted = socket.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(accepted, script));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void serve(Socket accepted, Script script) {
    try (Wire wire = new Wire(accepted)) {
      script.run(wire);
    } catch (IOException e) {
      // The other side closed; tests look at what the client saw.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
