package dev.paddock.web;

import io.helidon.websocket.WsOpCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link WebSocketConnection} over frames. */
final class OpenWebSocket implements WebSocketConnection {
  private static final Logger LOG = LoggerFactory.getLogger(OpenWebSocket.class);

  private final RequestExchange handshake;
  private final WebSocketFrames frames;
  private final WebSocketInbox inbox = new WebSocketInbox();
  private final AtomicBoolean closeSent = new AtomicBoolean();
  private final ReentrantLock endLock = new ReentrantLock();
  private final List<Runnable> endActions = new ArrayList<>();
  private volatile boolean over;

  OpenWebSocket(RequestExchange handshake, WebSocketFrames frames) {
    this.handshake = handshake;
    this.frames = frames;
  }

  @Override
  public Exchange handshake() {
    return handshake;
  }

  @Override
  public Optional<Message> receive() throws InterruptedException {
    return inbox.take();
  }

  @Override
  public void sendText(String text) throws ClientGoneException {
    send(WsOpCode.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void sendBinary(byte[] data) throws ClientGoneException {
    send(WsOpCode.BINARY, data);
  }

  private void send(WsOpCode kind, byte[] payload) throws ClientGoneException {
    if (!isOpen()) {
      throw new ClientGoneException(new IllegalStateException("The WebSocket is closed"));
    }
    frames.send(kind, payload);
  }

  @Override
  public void close(int code, String reason) {
    if (over || !closeSent.compareAndSet(false, true)) {
      return;
    }
    try {
      frames.sendClose(code, reason);
    } catch (ClientGoneException e) {
      LOG.debug("A WebSocket's client left before it was closed", e);
    }
  }

  @Override
  public boolean isOpen() {
    return !over && !closeSent.get();
  }

  @Override
  public void onEnd(Runnable action) {
    endLock.lock();
    try {
      if (!over) {
        endActions.add(action);
        return;
      }
    } finally {
      endLock.unlock();
    }
    run(action);
  }

  void received(Message message) throws InterruptedException {
    inbox.put(message);
  }

  /** Sends a ping or a pong, unless the closing handshake has begun. */
  void control(WsOpCode kind, byte[] payload) {
    if (!isOpen()) {
      return;
    }
    try {
      frames.send(kind, payload);
    } catch (ClientGoneException e) {
      LOG.debug("A WebSocket's client left before a {}", kind, e);
    }
  }

  /** Nothing can be received any more. */
  void ended() {
    endLock.lock();
    try {
      over = true;
    } finally {
      endLock.unlock();
    }
    inbox.end();
    endActions.forEach(OpenWebSocket::run);
  }

  void handlerReturned() {
    inbox.discard();
  }

  private static void run(Runnable action) {
    Thread.ofVirtual().name("websocket-end").start(action);
  }
}
