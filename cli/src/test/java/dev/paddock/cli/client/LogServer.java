package dev.paddock.cli.client;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A server that answers one request with a WebSocket, frame by frame as a test wants it. */
final class LogServer implements AutoCloseable {
  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** What the server does on the connection. */
  interface Script {
    void play(Frames frames) throws Exception;
  }

  private final ServerSocket listener;

  private LogServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Accepts the WebSocket, plays the script and drops the connection. */
  static LogServer playing(Script script) throws IOException {
    return serving((key, out) -> {
      String accept =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + accept(key)
              + "\r\n\r\n";
      out.write(accept.getBytes(StandardCharsets.US_ASCII));
      script.play(new Frames(out));
    });
  }

  /** Refuses the WebSocket. */
  static LogServer refusing(int status) throws IOException {
    String answer = "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n";
    return serving((key, out) -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private interface Conversation {
    void hold(String key, OutputStream out) throws Exception;
  }

  private static LogServer serving(Conversation conversation) throws IOException {
    LogServer server = new LogServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual()
        .start(() -> {
          try (Socket socket = server.listener.accept()) {
            conversation.hold(key(socket), socket.getOutputStream());
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    return server;
  }

  private static String key(Socket socket) throws IOException {
    BufferedReader head =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String key = "";
    for (String line = head.readLine(); line != null && !line.isEmpty(); line = head.readLine()) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        key = line.substring(18).strip();
      }
    }
    return key;
  }

  private static String accept(String key) throws NoSuchAlgorithmException {
    byte[] sha1 =
        MessageDigest.getInstance("SHA-1").digest((key + SALT).getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(sha1);
  }

  /** Short frames, unmasked as a server's are. */
  record Frames(OutputStream out) {
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;

    void binary(String data) throws IOException {
      send(BINARY, data.getBytes(StandardCharsets.UTF_8));
    }

    void ping() throws IOException {
      send(PING, new byte[0]);
    }

    void end(int code, String reason) throws IOException {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      payload.write(code >> 8);
      payload.write(code);
      payload.write(reason.getBytes(StandardCharsets.UTF_8));
      send(CLOSE, payload.toByteArray());
    }

    private void send(int operation, byte[] payload) throws IOException {
      out.write(operation);
      out.write(payload.length);
      out.write(payload);
      out.flush();
    }
  }
}
