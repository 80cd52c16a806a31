package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  private static final String DIGEST =
      "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "alpine, docker.io/library/alpine:latest",
    "alpine:3.20, docker.io/library/alpine:3.20",
    "team/app, docker.io/team/app:latest",
    "team/sub/app:V1, docker.io/team/sub/app:V1",
    "docker.io/alpine, docker.io/library/alpine:latest",
    "localhost/app:1, localhost/app:1",
    "localhost:5000/app, localhost:5000/app:latest",
    "127.0.0.1:5000/a/b:c, 127.0.0.1:5000/a/b:c",
    "registry.example.com/a__b/c-d:e_f.g, registry.example.com/a__b/c-d:e_f.g",
  })
  void isCompletedAsPeopleMeanIt(String text, String full) {
    assertThat(ImageReference.parse(text)).hasToString(full);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpine", "alpine:3.20"})
  void aDigestMakesTheTagSuperfluous(String name) {
    assertThat(ImageReference.parse(name + DIGEST))
        .hasToString("docker.io/library/alpine" + DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-x",
        "--help",
        "Alpine",
        "a b",
        "a:",
        "a:-tag",
        "a@sha256:12",
        "/etc/passwd",
        "../x",
        "dir:/etc",
        "oci:/tmp/x",
        "docker-archive:/tmp/x.tar",
        "containers-storage:[overlay@/x]a",
        "docker://alpine",
        "a\nb",
        "a\0b",
        "localhost/",
        "localhost/a//b",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void whatNamesNoImageIsRefused(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("is not the name of an image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/", "a.", "a-"})
  void longTextIsRefusedAtOnce(String part) {
    assertThatThrownBy(() -> ImageReference.parse(part.repeat(100_000)))
        .isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> ImageReference.parse("x.y/" + part.repeat(200) + "!"))
        .isInstanceOf(InvalidException.class);
  }
}
