package dev.paddock.proxy;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back what arrives on one connection while its reader's own client is slow, in order and up
 * to the news that the other side closed.
 *
 * <p>Pausing Vert.x's own stream would not do: when the other side closes, Vert.x tells so at once
 * and drops what it still held, so that a slow client of a service that closes after its answer
 * would get a cut-off body. What is held is bounded by the socket's receive buffer.
 *
 * <p>Whoever shuts a gate opens it in the end, also when nobody reads any more.
 */
final class FlowGate extends ChannelInboundHandlerAdapter {
  /** Something that happened on the connection, to be told to its reader later. */
  private interface Event {
    void tell(ChannelInboundHandler reader, ChannelHandlerContext context) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(FlowGate.class);

  /** What one stalled client may make the proxy hold; ample for a sandbox on the same host. */
  private static final int RECEIVE_BYTES = 256 * 1024;

  private final ChannelHandlerContext reader;
  private final Queue<Event> held = new ArrayDeque<>();
  private boolean shut;
  private boolean telling;

  private FlowGate(ChannelHandlerContext reader) {
    this.reader = reader;
  }

  /** Puts a gate in front of the handler by which Vert.x reads a connection. */
  static FlowGate before(ChannelHandlerContext reader) {
    FlowGate gate = new FlowGate(reader);
    reader.pipeline().addBefore(reader.name(), null, gate);
    return gate;
  }

  /** Puts a gate on a connection to a sandbox. */
  static FlowGate guard(HttpConnection connection) {
    ChannelHandlerContext reader = ((HttpClientConnection) connection).channelHandlerContext();
    reader.channel().config().setOption(ChannelOption.SO_RCVBUF, RECEIVE_BYTES);
    return before(reader);
  }

  void shut() {
    shut = true;
    reader.channel().config().setAutoRead(false);
  }

  void open() {
    if (!shut) {
      return;
    }
    shut = false;
    if (!telling) {
      tellHeld();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (holds()) {
      held.add((handler, at) -> handler.channelRead(at, message));
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!holds()) {
      context.fireChannelReadComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (holds()) {
      held.add(ChannelInboundHandler::channelInactive);
    } else {
      context.fireChannelInactive();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (holds()) {
      held.add((handler, at) -> handler.exceptionCaught(at, cause));
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  private boolean holds() {
    return shut || telling;
  }

  /** Tells the reader itself: a channel that closed meanwhile has no pipeline any more. */
  private void tellHeld() {
    ChannelInboundHandler handler = (ChannelInboundHandler) reader.handler();
    telling = true;
    try {
      while (!shut && !held.isEmpty()) {
        held.remove().tell(handler, reader);
      }
      if (!shut) {
        handler.channelReadComplete(reader);
      }
    } catch (Exception e) {
      LOG.warn("Reading a held connection failed", e);
      ChannelFuture _ = reader.channel().close();
    } finally {
      telling = false;
    }
    if (!shut) {
      reader.channel().config().setAutoRead(true);
    }
  }
}
