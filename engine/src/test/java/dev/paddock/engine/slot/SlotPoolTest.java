package dev.paddock.engine.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.cgroup.ControlGroups;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.network.BlockClaims;
import dev.paddock.engine.network.Ipv4Network;
import dev.paddock.engine.network.NetworkBlock;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotPoolTest {
  @TempDir Path directory;
  private NetworkBlock block;

  @BeforeEach
  void claim() throws IOException {
    block =
        new BlockClaims(Path.of("/run/paddock/networks"))
            .claim(directory, Ipv4Network.parse("10.231.0.0/16"));
  }

  @Test
  void twoSlotsShareNeitherAddressNorIds() throws IOException {
    try (SlotPool pool = pool(0)) {
      Slot a = pool.take();
      Slot b = pool.take();

      assertThat(a.address()).isNotEqualTo(b.address());
      assertThat(Math.abs(a.ids().first() - b.ids().first())).isGreaterThanOrEqualTo(65536);
    }
  }

  @Test
  void anAdoptedSlotIsNotGivenOut() throws IOException {
    try (SlotPool pool = pool(0)) {
      pool.adopt(0);
      Slot slot = pool.take();

      assertThat(slot.index()).isEqualTo(1);
    }
  }

  @Test
  void aReleasedSlotThatIsNotNeededLosesItsLink() throws IOException {
    try (SlotPool pool = pool(0)) {
      Slot slot = pool.take();
      assertThat(NetworkInterface.getByName(block.linkName(slot.index()))).isNotNull();
      pool.release(slot.index());
    }
    assertThat(NetworkInterface.getByName(block.linkName(0))).isNull();
  }

  @Test
  void aReleasedSlotIsUsedAgainAsItIs() throws IOException {
    try (SlotPool pool = pool(1)) {
      Slot first = pool.take();
      int link = NetworkInterface.getByName(block.linkName(first.index())).getIndex();
      pool.release(first.index());
      Slot second = pool.take();

      assertThat(second).isEqualTo(first);
      assertThat(NetworkInterface.getByName(block.linkName(second.index())).getIndex())
          .isEqualTo(link);
    }
  }

  @Test
  void unusedSlotsVanishWithTheirPool() throws IOException {
    try (SlotPool pool = pool(3)) {
      pool.take();
    }
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (hasLinks() && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(hasLinks()).isFalse();
  }

  private SlotPool pool(int size) throws IOException {
    ControlGroups cgroups = ControlGroups.detect("paddock-test-slots");
    return new SlotPool(block, size, cgroups, SlotPoolTest::ownNamespace);
  }

  /** The pool only keeps it. */
  private static Fd ownNamespace(int first, int size) throws IOException {
    return Fd.open(Path.of("/proc/self/ns/user"), Fd.READ_ONLY);
  }

  private boolean hasLinks() throws IOException {
    return NetworkInterface.networkInterfaces()
        .anyMatch(link -> link.getName().startsWith(block.linkPrefix()));
  }
}
