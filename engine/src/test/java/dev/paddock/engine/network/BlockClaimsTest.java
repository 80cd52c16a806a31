package dev.paddock.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockClaimsTest {
  private static final Ipv4Network WHOLE = Ipv4Network.parse("10.231.0.0/16");

  @TempDir Path directory;
  private BlockClaims claims;

  @BeforeEach
  void open() {
    claims = new BlockClaims(directory.resolve("claims"));
  }

  @Test
  void aDataDirectoryFindsItsBlockAgain() throws IOException {
    NetworkBlock first = claims.claim(data("a"), WHOLE);

    assertThat(claims.claim(data("a"), WHOLE)).isEqualTo(first);
  }

  @Test
  void twoDataDirectoriesShareNothing() throws IOException {
    NetworkBlock a = claims.claim(data("a"), WHOLE);
    NetworkBlock b = claims.claim(data("b"), WHOLE);

    assertThat(a.network()).isNotEqualTo(b.network());
    assertThat(a.linkName(0)).isNotEqualTo(b.linkName(0));
  }

  @Test
  void aRemovedDataDirectoryFreesItsBlock() throws IOException {
    Path gone = data("gone");
    NetworkBlock block = claims.claim(gone, WHOLE);
    Files.delete(gone);

    assertThat(claims.claim(data("next"), WHOLE)).isEqualTo(block);
  }

  @Test
  void saysWhenAllBlocksAreTaken() throws IOException {
    for (int i = 0; i < NetworkBlock.COUNT; i++) {
      claims.claim(data("taken" + i), WHOLE);
    }

    Path late = data("late");
    assertThatThrownBy(() -> claims.claim(late, WHOLE)).isInstanceOf(UnavailableException.class);
  }

  private Path data(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }
}
