package dev.paddock.web;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.websocket.ClientWsFrame;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsOpCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A connection after its handshake. Its own thread reads frames, so that pings and the end are seen
 * whatever the handler does on its thread.
 */
final class WebSocketSession implements ServerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);

  private final ConnectionContext context;
  private final OpenWebSocket socket;
  private final WebSocketHandler handler;
  private final WebSocketAssembler assembler;
  private final WebSocketPings pings;
  private final int maxMessageBytes;
  private final String requestId;
  private volatile @Nullable Thread reader;

  WebSocketSession(
      ConnectionContext context,
      RequestExchange handshake,
      WebSocketHandler handler,
      WebSocketPings pings,
      int maxMessageBytes,
      String requestId) {
    this.context = context;
    this.socket = new OpenWebSocket(handshake, new WebSocketFrames(context.dataWriter()));
    this.handler = handler;
    this.assembler = new WebSocketAssembler(maxMessageBytes);
    this.pings = pings;
    this.maxMessageBytes = maxMessageBytes;
    this.requestId = requestId;
  }

  @Override
  public void handle(Limit limit) {
    reader = Thread.currentThread();
    pings.add(socket);
    Thread.ofVirtual().name("websocket").start(this::converse);
    try {
      while (process(ClientWsFrame.read(context, context.dataReader(), maxMessageBytes))) {
        // Each frame is dealt with as it comes.
      }
    } catch (WsCloseException e) {
      socket.close(e.closeCode(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      socket.close(WsCloseCodes.PROTOCOL_ERROR, "Unknown frame");
    } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException e) {
      LOG.debug("A WebSocket's client left", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pings.remove(socket);
      socket.ended();
    }
  }

  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    socket.close(1001, "The server is stopping");
    Thread thread = reader;
    if (interrupt && thread != null) {
      thread.interrupt();
    }
  }

  private boolean process(ClientWsFrame frame) throws InterruptedException {
    switch (frame.opCode()) {
      case TEXT, BINARY, CONTINUATION -> {
        var message = assembler.add(frame);
        if (message.isPresent()) {
          socket.received(message.get());
        }
      }
      case PING -> socket.control(WsOpCode.PONG, controlPayload(frame));
      case PONG -> controlPayload(frame);
      case CLOSE -> {
        byte[] payload = controlPayload(frame);
        socket.close(payload.length < 2 ? WebSocketFrames.NO_CODE : code(payload), "");
        return false;
      }
    }
    return true;
  }

  private static byte[] controlPayload(ClientWsFrame frame) {
    if (!frame.fin() || frame.payloadLength() > 125) {
      throw new WsCloseException("Wrong control frame", WsCloseCodes.PROTOCOL_ERROR);
    }
    return WebSocketAssembler.bytes(frame);
  }

  private static int code(byte[] payload) {
    int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    boolean sendable = code >= 1000 && code < 5000 && code != 1005 && code != 1006 && code != 1015;
    return sendable ? code : WsCloseCodes.PROTOCOL_ERROR;
  }

  private void converse() {
    MDC.put("request", requestId);
    try {
      handler.open(socket);
      socket.close(1000, "");
    } catch (ClientGoneException e) {
      LOG.debug("A WebSocket's client left", e);
    } catch (InterruptedException e) {
      socket.close(1001, "The server is stopping");
    } catch (Throwable e) {
      LOG.error("{} failed", socket.handshake().path(), e);
      socket.close(1011, "An unexpected error occurred.");
    } finally {
      socket.handlerReturned();
      MDC.remove("request");
    }
  }
}
