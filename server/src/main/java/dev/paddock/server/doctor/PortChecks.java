package dev.paddock.server.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether the ports can be had. */
final class PortChecks {
  private PortChecks() {}

  static Finding free(String name, String host, int port, boolean ownServerRuns) {
    if (ownServerRuns) {
      return Finding.ok(name, port + ", held by this server");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return Finding.ok(name, port + " is free");
    } catch (IOException e) {
      String setting = name.startsWith("API") ? "PADDOCK_API_PORT" : "PADDOCK_PROXY_PORT";
      return Finding.failure(
          name,
          port + " is taken (" + e.getMessage() + ")",
          "End what holds it (ss -ltnp 'sport = :" + port + "'), or set " + setting);
    }
  }
}
