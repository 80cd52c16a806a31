package dev.paddock.engine.agent;

import com.google.protobuf.MessageLite;
import dev.paddock.engine.agent.wire.Request;
import dev.paddock.engine.agent.wire.Response;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection, which carries one operation at a time. Reading belongs to one thread at a time;
 * writing is safe from several. Everything that goes wrong is an {@link UnavailableException}.
 */
final class AgentConnection implements AutoCloseable {
  private static final int VERSION = 1;

  /** How long an agent may take to accept a connection, or a frame that it has to read. */
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);

  /** How long a program may leave its input unread before the connection is given up. */
  private static final Duration STREAM_LIMIT = Duration.ofMinutes(15);

  /** How long an agent that accepts no more connections is tried. */
  private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);

  private static final Duration BUSY_PAUSE = Duration.ofMillis(2);

  private final SocketChannel channel;
  private final FrameReader reader;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable Deadline end;
  private volatile long restsSince;

  private AgentConnection(SocketChannel channel) {
    this.channel = channel;
    this.reader = new FrameReader(channel);
  }

  /** Connects. */
  static AgentConnection to(Path socket) {
    return new AgentConnection(connect(socket));
  }

  /** Sends the request of an operation; the connection is closed when that fails. */
  void ask(Request.Builder request) {
    try {
      send(FrameKind.REQUEST, request.setVersion(VERSION).build());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether the agent has said nothing beyond what was read. */
  boolean isSilent() {
    return reader.isEmpty();
  }

  /** Begins a time without an operation. */
  void rest() {
    disarm();
    restsSince = System.nanoTime();
  }

  boolean restsFor(Duration time) {
    return System.nanoTime() - restsSince >= time.toNanos();
  }

  /** While more connections wait than the agent has accepted, the kernel turns others away. */
  private static SocketChannel connect(Path socket) {
    long start = System.nanoTime();
    while (true) {
      try {
        return connectOnce(socket);
      } catch (ConnectException e) {
        throw unreachable(e);
      } catch (SocketException e) {
        if (Files.notExists(socket) || System.nanoTime() - start > BUSY_LIMIT.toNanos()) {
          throw unreachable(e);
        }
        LockSupport.parkNanos(BUSY_PAUSE.toNanos());
      } catch (IOException e) {
        throw unreachable(e);
      }
    }
  }

  private static SocketChannel connectOnce(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try (Deadline _ = Deadline.within(WRITE_LIMIT, channel)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static UnavailableException unreachable(IOException cause) {
    return new UnavailableException("The sandbox's agent cannot be reached", cause);
  }

  /**
   * The response to the request.
   *
   * @param limit how long the agent may take
   * @throws dev.paddock.model.failure.PaddockException what the agent's error stands for
   */
  Response response(Duration limit) {
    Frame frame = requireFrame(limit);
    if (frame.kind() != FrameKind.RESPONSE) {
      throw AgentErrors.violation(new ProtocolViolation("no response where one was due"));
    }
    Response response = parse(frame);
    if (response.hasError()) {
      throw AgentErrors.failure(response.getError());
    }
    return response;
  }

  private static Response parse(Frame frame) {
    try {
      return frame.message(Response.getDescriptor(), Response.parser());
    } catch (ProtocolViolation e) {
      throw AgentErrors.violation(e);
    }
  }

  /** The next frame, which has to arrive within a time. */
  Frame requireFrame(Duration limit) {
    try (Deadline deadline = Deadline.within(limit, channel)) {
      try {
        return requireFrame();
      } catch (UnavailableException e) {
        if (deadline.passed()) {
          throw new UnavailableException("The sandbox's agent does not answer", e);
        }
        throw e;
      }
    }
  }

  /**
   * The next frame, however long it takes; the agent's silence is legal while output is awaited.
   */
  Frame requireFrame() {
    return frame()
        .orElseThrow(() -> new UnavailableException("The sandbox's agent ended the connection"));
  }

  /** The next frame; empty when the agent closed the connection. */
  Optional<Frame> frame() {
    try {
      return reader.next();
    } catch (ProtocolViolation e) {
      close();
      throw AgentErrors.violation(e);
    } catch (IOException e) {
      throw new UnavailableException("The connection to the sandbox's agent broke", e);
    }
  }

  void send(FrameKind kind, MessageLite message) {
    byte[] frame = new byte[Frame.HEADER + message.getSerializedSize()];
    byte[] body = message.toByteArray();
    System.arraycopy(body, 0, frame, Frame.HEADER, body.length);
    sendPrepared(kind, frame, body.length);
  }

  void send(FrameKind kind, byte[] data, int offset, int length) {
    for (int sent = 0; sent < length || sent == 0; sent += Frame.MAX_PAYLOAD) {
      int size = Math.min(Frame.MAX_PAYLOAD, length - sent);
      byte[] frame = new byte[Frame.HEADER + size];
      System.arraycopy(data, offset + sent, frame, Frame.HEADER, size);
      write(kind, frame, size, STREAM_LIMIT);
    }
  }

  /** Sends a payload that stands behind {@link Frame#HEADER} free bytes. */
  void sendPrepared(FrameKind kind, byte[] frame, int length) {
    write(kind, frame, length, WRITE_LIMIT);
  }

  private void write(FrameKind kind, byte[] frame, int length, Duration limit) {
    if (length > Frame.MAX_PAYLOAD) {
      throw new InvalidException(
          "The request is too long: the sandbox's agent takes 1 MiB at once");
    }
    ByteBuffer buffer = ByteBuffer.wrap(frame, 0, Frame.HEADER + length);
    buffer.put(0, kind.wire()).putInt(1, length);
    writing.lock();
    try (Deadline _ = Deadline.within(limit, channel)) {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new UnavailableException("The connection to the sandbox's agent broke", e);
    } finally {
      writing.unlock();
    }
  }

  /** Ends the connection after a time, unless it is closed before. */
  void endWithin(Duration limit) {
    end = Deadline.within(limit, channel);
  }

  private void disarm() {
    Deadline armed = end;
    if (armed != null) {
      end = null;
      armed.close();
    }
  }

  @Override
  public void close() {
    disarm();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UnavailableException("The connection to the sandbox's agent does not close", e);
    }
  }
}
