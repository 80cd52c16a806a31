package dev.paddock.control.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  private static final byte[] PLAIN = "s3cret".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void whatWasSealedOpensWithTheSameKeyFile() {
    byte[] sealed = box("key").seal(PLAIN, "row");

    assertThat(box("key").open(sealed, "row")).isEqualTo(PLAIN);
    assertThat(box("key").seal(PLAIN, "row")).isNotEqualTo(sealed);
  }

  @Test
  void itOpensInNoOtherContextAndWithNoOtherKey() {
    byte[] sealed = box("key").seal(PLAIN, "row");

    assertThatThrownBy(() -> box("key").open(sealed, "other row"))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> box("other key").open(sealed, "row"))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> box("key").open(new byte[3], "row"))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void aPurposeAndAKeyFileAlwaysYieldTheSameSecretAndOthersDoNot() {
    byte[] derived = box("key").derive("purpose");

    assertThat(box("key").derive("purpose")).hasSize(32).isEqualTo(derived);
    assertThat(box("key").derive("other purpose")).isNotEqualTo(derived);
    assertThat(box("other key").derive("purpose")).isNotEqualTo(derived);
  }

  @Test
  void onlyItsOwnerReadsTheKeyFile() throws IOException {
    SecretBox box = box("key");

    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("key"))))
        .isEqualTo("rw-------");
    assertThat(box.seal(PLAIN, "row")).isNotEmpty();
  }

  private SecretBox box(String file) {
    return SecretBox.open(directory.resolve(file));
  }
}
