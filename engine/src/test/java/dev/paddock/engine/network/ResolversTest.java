package dev.paddock.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolversTest {
  @Test
  void leavesOutTheHostsOwnLoopback() {
    assertThat(addresses("nameserver 127.0.0.53", "nameserver 192.0.2.1"))
        .containsExactly("192.0.2.1");
  }

  @Test
  void leavesOutIpv6AndEverythingElse() {
    assertThat(addresses("# nameserver 192.0.2.9", "nameserver fe80::1", "search example.org"))
        .isEmpty();
  }

  @Test
  void findsAtLeastOneOnThisHost() throws Exception {
    assertThat(Resolvers.find()).isNotEmpty();
  }

  private static List<String> addresses(String... lines) {
    return Resolvers.usable(List.of(lines)).stream().map(Inet4Address::getHostAddress).toList();
  }
}
