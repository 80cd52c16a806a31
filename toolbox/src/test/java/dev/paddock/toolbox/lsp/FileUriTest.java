package dev.paddock.toolbox.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileUriTest {
  @ParameterizedTest
  @CsvSource({
    "file:///a/b.py, /a/b.py",
    "file://project/b.py, /home/u/project/b.py",
    "file://./b.py, /home/u/b.py",
    "file:///a//./b c%20d, /a/b c%20d"
  })
  void aClientsUriIsItsPath(String uri, String path) {
    assertThat(FileUri.path(uri, "/home/u")).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "http://a/b", "file://"})
  void whatIsNoFileIsRefused(String uri) {
    assertThatThrownBy(() -> FileUri.path(uri, "/")).isInstanceOf(InvalidException.class);
  }

  @Test
  void serversGetAnEncodedUri() {
    assertThat(FileUri.of("/a b/ü#?.py")).isEqualTo("file:///a%20b/%C3%BC%23%3F.py");
    assertThat(FileUri.decoded("/a%20b")).hasValue("/a b");
    assertThat(FileUri.decoded("/a%b")).isEmpty();
    assertThat(FileUri.decoded("/a b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"., /home/u", "a/, /home/u/a", "/, /", "/a/., /a"})
  void aProjectIsAnAbsolutePath(String path, String absolute) {
    assertThat(FileUri.absolute(path, "/home/u")).isEqualTo(absolute);
  }
}
