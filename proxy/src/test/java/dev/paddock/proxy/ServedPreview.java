package dev.paddock.proxy;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;

/**
 * Runs the proxy alone before one local service, for measuring: {@code ServedPreview SERVICE_PORT
 * [PROXY_PORT]} prints the port to ask, the Host header and the preview token, and stays until its
 * input ends.
 */
final class ServedPreview {
  private ServedPreview() {}

  public static void main(String[] arguments) throws IOException {
    Sandboxes sandboxes = new Sandboxes();
    sandboxes.serve(3000, Integer.parseInt(arguments[0]));
    int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    ProxyConfig config =
        new ProxyConfig(
            "127.0.0.1",
            port,
            ProxyFixture.DOMAIN,
            "http",
            URI.create("http://127.0.0.1:3000"),
            "bench");
    try (PreviewProxy proxy = PreviewProxy.start(config, sandboxes)) {
      PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
      out.println(proxy.port() + " " + ProxyFixture.host(3000) + " " + Sandboxes.TOKEN);
      out.flush();
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
