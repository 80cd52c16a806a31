package dev.paddock.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what arrives on one connection while its reader's own client is slow, in order and up
 * to the news that the other side closed.
 *
 * <p>Pausing Vert.x's own stream would not do: when the other side closes, Vert.x tells so at once
 * and drops what it still held, so that a slow client of a service that closes after its answer
 * would get a cut-off body. What is held is bounded by the socket's receive buffer.
 */
final class FlowGate extends ChannelInboundHandlerAdapter {
  private final Queue<Object> held = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private boolean shut;
  private boolean delivering;
  private boolean closeHeld;

  /** Puts a gate in front of the handler by which Vert.x reads a connection. */
  static FlowGate before(ChannelHandlerContext reader) {
    FlowGate gate = new FlowGate();
    reader.pipeline().addBefore(reader.name(), null, gate);
    return gate;
  }

  /** Puts a gate on a connection to a sandbox. */
  static void guard(HttpConnection connection) {
    before(((HttpClientConnection) connection).channelHandlerContext());
  }

  /** The gate of a connection to a sandbox. */
  static FlowGate of(HttpConnection connection) {
    return ((HttpClientConnection) connection)
        .channelHandlerContext()
        .pipeline()
        .get(FlowGate.class);
  }

  void shut() {
    shut = true;
    context().channel().config().setAutoRead(false);
  }

  void open() {
    if (shut) {
      shut = false;
      deliver();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    if (holds()) {
      held.add(message);
    } else {
      reading.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext reading) {
    if (!holds()) {
      reading.fireChannelReadComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext closed) {
    if (holds()) {
      closeHeld = true;
    } else {
      closed.fireChannelInactive();
    }
  }

  private boolean holds() {
    return shut || delivering || !held.isEmpty();
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      Object message = held.poll();
      while (message != null) {
        context().fireChannelRead(message);
        message = shut ? null : held.poll();
      }
    } finally {
      delivering = false;
    }
    if (shut) {
      return;
    }
    context().fireChannelReadComplete();
    if (closeHeld) {
      closeHeld = false;
      context().fireChannelInactive();
    } else {
      context().channel().config().setAutoRead(true);
    }
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context, "in a pipeline");
  }
}
