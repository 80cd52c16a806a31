package dev.paddock.cli.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class LocalhostNamesTest {
  @Test
  void aPreviewsNameBelowLocalhostIsThisMachine() throws UnknownHostException {
    assertThat(InetAddress.getAllByName("4096-Some-id.proxy.LOCALHOST"))
        .extracting(InetAddress::getHostAddress)
        .containsExactly("127.0.0.1");
  }

  @Test
  void otherNamesAreTheSystems() throws UnknownHostException {
    assertThat(InetAddress.getAllByName("localhost")).allMatch(InetAddress::isLoopbackAddress);
    assertThatThrownBy(() -> InetAddress.getAllByName("no-such-name.invalid"))
        .isInstanceOf(UnknownHostException.class);
  }
}
