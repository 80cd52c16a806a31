package dev.paddock.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminEnvTest {
  @TempDir private Path dataDir;

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    AdminEnv adminEnv = new AdminEnv(dataDir);

    adminEnv.write("dtn_key", "http://localhost:3000/api");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(adminEnv.file())))
        .isEqualTo("rw-------");
  }

  @Test
  void itHoldsWhatTheOfficialClientsRead() throws IOException {
    AdminEnv adminEnv = new AdminEnv(dataDir);

    adminEnv.write("dtn_key", "http://localhost:3000/api");

    assertThat(adminEnv.file())
        .hasContent("DAYTONA_API_KEY=dtn_key\nDAYTONA_API_URL=http://localhost:3000/api\n");
    assertThat(adminEnv.key()).contains("dtn_key");
  }

  @Test
  void aLaterStartReplacesItAtOnce() throws IOException {
    AdminEnv adminEnv = new AdminEnv(dataDir);
    adminEnv.write("dtn_key", "http://localhost:3000/api");

    adminEnv.write("dtn_key", "http://localhost:3100/api");

    assertThat(adminEnv.file()).content().contains("3100").doesNotContain("3000");
    try (var files = Files.list(dataDir)) {
      assertThat(files).containsExactly(adminEnv.file());
    }
  }

  @Test
  void beforeTheFirstStartThereIsNoKey() throws IOException {
    assertThat(new AdminEnv(dataDir).key()).isEmpty();
  }
}
