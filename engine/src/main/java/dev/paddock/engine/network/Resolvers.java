package dev.paddock.engine.network;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The name servers that sandboxes use: those of the host that can be reached from a sandbox. */
public final class Resolvers {
  private static final List<Path> SOURCES =
      List.of(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf"));

  /** Public servers, for hosts whose only name server listens on their own loopback. */
  private static final List<String> FALLBACK = List.of("1.1.1.1", "8.8.8.8");

  private Resolvers() {}

  /** At least one address; never one of the host's loopback. */
  public static List<Inet4Address> find() throws IOException {
    for (Path source : SOURCES) {
      if (Files.isReadable(source)) {
        List<Inet4Address> found = usable(Files.readAllLines(source));
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return FALLBACK.stream().map(address -> (Inet4Address) InetAddress.ofLiteral(address)).toList();
  }

  /** The text of a sandbox's {@code /etc/resolv.conf}. */
  public static String configuration(List<Inet4Address> servers) {
    StringBuilder text = new StringBuilder();
    for (Inet4Address server : servers) {
      text.append("nameserver ").append(server.getHostAddress()).append('\n');
    }
    return text.toString();
  }

  static List<Inet4Address> usable(List<String> lines) {
    List<Inet4Address> found = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length >= 2 && words[0].equals("nameserver") && words[1].matches("[0-9.]+")) {
        InetAddress address = InetAddress.ofLiteral(words[1]);
        if (address instanceof Inet4Address usable && !usable.isLoopbackAddress()) {
          found.add(usable);
        }
      }
    }
    return found;
  }
}
