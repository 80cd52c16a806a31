package dev.paddock.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which requests count as use of a sandbox. */
final class UseReportTest extends ProxyFixture {
  @Test
  void aRequestThatGotInCounts() throws Exception {
    ask(get(3000, "/"));
    proxy.close();
    assertThat(sandboxes.touched).containsExactly(Sandboxes.ID);
  }

  @Test
  void aRequestThatIsRefusedDoesNotCount() throws Exception {
    ask(plain("GET", 3000, "/"));
    proxy.close();
    assertThat(sandboxes.touched).isEmpty();
  }

  @Test
  void aRequestThatAsksNotToCountDoesNot() throws Exception {
    ask(get(3000, "/", "X-Daytona-Skip-Last-Activity-Update: true"));
    proxy.close();
    assertThat(sandboxes.touched).isEmpty();
  }
}
