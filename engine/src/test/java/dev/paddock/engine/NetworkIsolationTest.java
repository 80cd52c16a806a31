package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.host.HostCommand;
import dev.paddock.model.SandboxId;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a sandbox can and cannot reach. */
@Tag("runtime")
class NetworkIsolationTest {
  private static final SandboxId A = SandboxId.random();
  private static final SandboxId B = SandboxId.random();
  private static final int PORT = 80;
  private static final int MILLIS = 5000;
  private static Engine engine;

  @BeforeAll
  static void create() {
    engine = TestHost.engine();
    engine.create(TestHost.spec(A));
    engine.create(TestHost.spec(B));
    Shell.run(engine, B, "nc -ll -p 80 -e /bin/echo hello </dev/null >/dev/null 2>&1 &");
  }

  @AfterAll
  static void destroy() {
    engine.destroy(A);
    engine.destroy(B);
    engine.close();
  }

  @Test
  void theHostReachesEveryPortOfASandbox() throws IOException {
    assertThat(answer(engine.address(B))).isEqualTo("hello\n");
  }

  @Test
  void aSandboxReachesItself() {
    String address = engine.address(B).getHostAddress();

    assertThat(Shell.run(engine, B, connect("127.0.0.1", PORT) + connect(address, PORT)))
        .isEqualTo("hello\nhello\n");
  }

  @Test
  void aSandboxDoesNotReachAnother() {
    assertThat(Shell.run(engine, A, connect(engine.address(B).getHostAddress(), PORT)))
        .doesNotContain("hello");
  }

  @Test
  void noServiceOfTheHostCanBeReached() throws IOException {
    try (ServerSocket service = new ServerSocket(0, 50, InetAddress.ofLiteral("0.0.0.0"))) {
      String attempts =
          hostAddresses().stream()
              .map(address -> connect(address, service.getLocalPort()))
              .collect(Collectors.joining());
      service.setSoTimeout(MILLIS);

      assertThat(Shell.run(engine, A, attempts + "echo done")).endsWith("done\n");
      assertThat(wasReached(service)).isFalse();
    }
  }

  @Test
  void theWorldOutsideCanBeReachedUnderTheHostsAddress() throws IOException {
    try (Outside outside = Outside.open()) {
      String peer = Shell.run(engine, A, "nc -w 5 " + outside.address() + " 7 </dev/null");

      assertThat(peer).contains("198.51.100.1");
    }
  }

  @Test
  void theCloudsMetadataServiceCannotBeReached() throws IOException {
    try (Outside outside = Outside.open()) {
      String service = outside.alsoAt("169.254.169.254");

      assertThat(Shell.run(engine, A, connect(service, 7))).doesNotContain(service + "]:7");
    }
  }

  @Test
  void theWorldOutsideDoesNotReachASandbox() throws IOException {
    try (Outside outside = Outside.open()) {
      assertThat(outside.reaches(engine.address(B).getHostAddress(), PORT)).isFalse();
    }
  }

  private static String connect(String address, int port) {
    return "nc -w 2 " + address + " " + port + " </dev/null;";
  }

  private static String answer(InetAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, PORT), MILLIS);
      socket.setSoTimeout(MILLIS);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static List<String> hostAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .filter(address -> !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .distinct()
        .toList();
  }

  private static boolean wasReached(ServerSocket service) throws IOException {
    service.setSoTimeout(1);
    try (Socket accepted = service.accept()) {
      return accepted.isConnected();
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** A machine beyond the host: a namespace on a cable, which knows the host as its router. */
  private record Outside(String name) implements AutoCloseable {
    private static final Duration TIME_OUT = Duration.ofSeconds(20);

    static Outside open() throws IOException {
      Outside outside = new Outside("outside-" + ProcessHandle.current().pid());
      String script =
          """
          set -e
          ip netns add NAME
          ip link add pdtest-o type veth peer name eth0 netns NAME
          ip addr add 198.51.100.1/24 dev pdtest-o
          ip link set pdtest-o up
          ip -n NAME addr add 198.51.100.2/24 dev eth0
          ip -n NAME link set eth0 up
          ip -n NAME route add default via 198.51.100.1
          ip netns exec NAME busybox nc -ll -p 7 -e ss -tnH >/dev/null 2>&1 &
          until ip netns exec NAME ss -ltnH | grep -q ':7 '; do sleep 0.02; done
          """;
      HostCommand.run(List.of("sh"), script.replace("NAME", outside.name), TIME_OUT);
      return outside;
    }

    String address() {
      return "198.51.100.2";
    }

    /** Gives it a further address, and the host a way there. */
    String alsoAt(String address) throws IOException {
      String script =
          """
          set -e
          ip -n NAME addr add ADDRESS/32 dev eth0
          ip route add ADDRESS/32 via 198.51.100.2
          busybox nc -w 2 ADDRESS 7 </dev/null | grep -q ADDRESS
          """;
      HostCommand.run(
          List.of("sh"), script.replace("NAME", name).replace("ADDRESS", address), TIME_OUT);
      return address;
    }

    boolean reaches(String address, int port) {
      String attempt = "ip netns exec " + name + " busybox nc -w 2 " + address + " " + port;
      try {
        HostCommand.run(List.of("sh"), attempt + " </dev/null | grep -q hello", TIME_OUT);
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      // The kernel takes its time with a namespace's links, and the next one needs the name.
      String kill =
          "ip netns pids NAME | xargs -r kill -9; ip link del pdtest-o; ip netns del NAME";
      HostCommand.run(List.of("sh"), kill.replace("NAME", name), TIME_OUT);
    }
  }
}
