package dev.paddock.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Ipv4NetworkTest {
  @Test
  void isWrittenAsItIsRead() {
    assertThat(Ipv4Network.parse("10.231.0.0/16")).hasToString("10.231.0.0/16");
  }

  @Test
  void dividesIntoPartsThatFollowEachOther() {
    Ipv4Network whole = Ipv4Network.parse("10.231.0.0/16");

    assertThat(whole.part(0, 21)).hasToString("10.231.0.0/21");
    assertThat(whole.part(31, 21)).hasToString("10.231.248.0/21");
  }

  @Test
  void countsAddressesAcrossBytes() {
    assertThat(Ipv4Network.parse("10.231.8.0/21").address(257).getHostAddress())
        .isEqualTo("10.231.9.1");
  }

  @Test
  void refusesAStartInTheMiddle() {
    assertThatThrownBy(() -> Ipv4Network.parse("10.231.1.0/16"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNoNetwork() {
    assertThatThrownBy(() -> Ipv4Network.parse("localhost"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
