package dev.paddock.proxy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A running proxy before a directory of one private, started sandbox. */
abstract class ProxyFixture {
  static final String DOMAIN = "proxy.localhost:4000";
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  final Sandboxes sandboxes = new Sandboxes();
  PreviewProxy proxy = startProxy("http", 1);

  @BeforeEach
  void noteNothingYet() {
    sandboxes.touched.clear();
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  PreviewProxy startProxy(String protocol, int toolboxPort) {
    return PreviewProxy.start(
        new ProxyConfig(
            "127.0.0.1",
            0,
            DOMAIN,
            protocol,
            URI.create("http://127.0.0.1:" + toolboxPort),
            "1.2.3"),
        sandboxes);
  }

  static String host(int port) {
    return port + "-" + Sandboxes.ID + "." + DOMAIN;
  }

  /** A GET with the preview token, for the sandbox's port, with further header lines. */
  static String get(int port, String path, String... headers) {
    return request("GET", port, path, headers);
  }

  static String request(String method, int port, String path, String... headers) {
    return plain(method, port, path, headers)
        .replaceFirst("\r\n", "\r\nX-Daytona-Preview-Token: " + Sandboxes.TOKEN + "\r\n");
  }

  /** A request without credentials. */
  static String plain(String method, int port, String path, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    head.append("Host: ").append(host(port)).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** A response's head of the given lines. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  Wire.Response ask(String request) throws IOException {
    try (Wire wire = Wire.to(proxy.port())) {
      return wire.send(request).response();
    }
  }
}
