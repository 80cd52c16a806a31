package dev.paddock.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerLockTest {
  private static final int ATTEMPTS = 3_000;

  @TempDir private Path dataDir;

  @Test
  void theHolderIsTheProcessThatHasTheLockWhateverTheFileSays() throws Exception {
    Path file = dataDir.resolve("server.pid");
    try (LockingProcess server = LockingProcess.holding(dataDir)) {
      Files.writeString(file, "1");

      assertThat(ServerLock.holder(dataDir).map(ProcessHandle::pid)).contains(server.pid());
      assertThat(ServerLock.take(dataDir)).isEmpty();
    }
    assertThat(ServerLock.holder(dataDir)).isEmpty();
  }

  @Test
  void aDirectoryThatNoServerHasSeenHasNoHolder() {
    assertThat(ServerLock.holder(dataDir)).isEmpty();
    assertThat(ServerLock.holder(dataDir.resolve("missing"))).isEmpty();
  }

  @Test
  void askingForTheHolderKeepsNobodyFromTheLock() throws Exception {
    ServerLock.take(dataDir).orElseThrow().close();
    try (LockingProcess prober = LockingProcess.probing(dataDir)) {
      for (int i = 0; i < ATTEMPTS; i++) {
        var lock = ServerLock.take(dataDir);
        assertThat(lock).isPresent();
        lock.get().close();
      }
      assertThat(prober.isAlive()).isTrue();
    }
  }

  @Test
  void anEndedServerLeavesTheFileSoThatNobodyLocksOneThatIsGone() throws Exception {
    ServerLock.take(dataDir).orElseThrow().close();
    Object first = identity();
    ServerLock.take(dataDir).orElseThrow().close();

    assertThat(identity()).isEqualTo(first);
    assertThat(dataDir.resolve("server.pid")).isEmptyFile();
  }

  private Object identity() throws IOException {
    return Files.readAttributes(dataDir.resolve("server.pid"), BasicFileAttributes.class).fileKey();
  }
}
