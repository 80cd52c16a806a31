package dev.paddock.engine.network;

import dev.paddock.engine.host.HostCommand;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The host's packet filter for one block, in an nftables table of its own. It knows links by their
 * name's beginning only, so that starting a sandbox changes nothing in it and no sandbox is ever
 * connected without it.
 */
public final class HostFirewall {
  private static final Duration TIME_OUT = Duration.ofSeconds(20);
  private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");

  private final NetworkBlock block;

  public HostFirewall(NetworkBlock block) {
    this.block = block;
  }

  /**
   * Puts the rules in place, replacing those of an earlier run in one step, and lets the host
   * route.
   *
   * @param resolvers name servers that sandboxes may ask although they lie in a closed range
   */
  public void apply(List<Inet4Address> resolvers) throws IOException {
    HostCommand.run(List.of("nft", "-f", "-"), rules(resolvers), TIME_OUT);
    if (!Files.readString(FORWARDING).strip().equals("1")) {
      Files.writeString(FORWARDING, "1");
    }
  }

  /** Takes the rules away. */
  public void remove() throws IOException {
    String table = table();
    HostCommand.run(
        List.of("nft", "-f", "-"),
        "table inet " + table + "\ndelete table inet " + table + "\n",
        TIME_OUT);
  }

  private String table() {
    return "paddock_" + Integer.toHexString(block.index());
  }

  private String rules(List<Inet4Address> resolvers) {
    String asked =
        resolvers.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(", "));
    return """
    table inet TABLE
    delete table inet TABLE
    table inet TABLE {
      chain entry {
        type filter hook prerouting priority -150; policy accept;
        iifname "LINKS*" jump from_sandbox
      }
      chain from_sandbox {
        meta nfproto ipv6 drop
        fib saddr . iif oif missing drop
        ct state established,related accept
        fib daddr type != unicast drop
        RESOLVERS
        ip daddr { 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 } drop
      }
      chain input {
        type filter hook input priority -10; policy accept;
        iifname "LINKS*" ct state established,related accept
        iifname "LINKS*" drop
      }
      chain forward {
        type filter hook forward priority -10; policy accept;
        oifname "LINKS*" ct state established,related accept
        oifname "LINKS*" drop
        iifname "LINKS*" oifname "pdk*" drop
      }
      chain exit {
        type nat hook postrouting priority srcnat; policy accept;
        ip saddr NETWORK oifname != "pdk*" masquerade
      }
    }
    """
        .replace("TABLE", table())
        .replace("LINKS", block.linkPrefix())
        .replace("NETWORK", block.network().toString())
        .replace(
            "RESOLVERS",
            asked.isEmpty()
                ? ""
                : "ip daddr { " + asked + " } meta l4proto { tcp, udp } th dport 53 accept");
  }
}
