package dev.paddock.web;

import dev.paddock.model.failure.PaddockException;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers WebSocket handshakes. One that is refused goes on as a plain request, whose route then
 * says why.
 */
final class WebSocketUpgrade implements Http1Upgrader {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketUpgrade.class);
  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
  private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final String protocol;
  private final Routes routes;
  private final WebLimits limits;
  private final WebSocketPings pings;
  private final RequestIds ids = new RequestIds();

  /**
   * @param protocol value of the Upgrade header that this one answers to; compared exactly
   */
  WebSocketUpgrade(String protocol, Routes routes, WebLimits limits, WebSocketPings pings) {
    this.protocol = protocol;
    this.routes = routes;
    this.limits = limits;
    this.pings = pings;
  }

  @Override
  public String supportedProtocol() {
    return protocol;
  }

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    Optional<String> key = headers.first(KEY).filter(WebSocketUpgrade::isNonce);
    if (key.isEmpty() || !headers.first(VERSION).equals(Optional.of("13"))) {
      return null;
    }
    RequestExchange handshake =
        new RequestExchange(
            prologue,
            headers,
            new RequestBody(InputStream::nullInputStream),
            context.remotePeer().host(),
            limits.maxJsonBytes());
    return admit(handshake)
        .map(handler -> open(context, handshake, handler, key.get()))
        .orElse(null);
  }

  private Optional<WebSocketHandler> admit(RequestExchange handshake) {
    try {
      if (routes.findSocket(handshake.path())
          instanceof Router.Found.Target<SocketEndpoint>(var endpoint, Map<String, String> names)) {
        handshake.matched(names);
        endpoint.group().admit(handshake);
        endpoint.route().admission().accept(handshake);
        return Optional.of(endpoint.route().handler());
      }
    } catch (PaddockException | HttpFailure e) {
      LOG.debug("A WebSocket handshake was refused", e);
    }
    return Optional.empty();
  }

  private ServerConnection open(
      ConnectionContext context, RequestExchange handshake, WebSocketHandler handler, String key) {
    StringBuilder answer = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
    answer.append("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    answer.append("Sec-WebSocket-Accept: ").append(accept(key)).append("\r\n");
    handshake
        .chosenProtocol()
        .ifPresent(p -> answer.append("Sec-WebSocket-Protocol: ").append(p).append("\r\n"));
    answer.append("\r\n");
    byte[] bytes = answer.toString().getBytes(StandardCharsets.ISO_8859_1);
    context.dataWriter().writeNow(BufferData.create(bytes));
    return new WebSocketSession(
        context, handshake, handler, pings, limits.maxMessageBytes(), ids.next());
  }

  private static boolean isNonce(String key) {
    try {
      return Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String accept(String key) {
    try {
      byte[] text = (key + SUFFIX).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
