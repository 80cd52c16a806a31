package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectedImagesTest {
  private final InspectedImages images = new InspectedImages(Path.of("/empty"));

  @Test
  void readsTheFieldsOfAnImage() {
    lines("id abc", "size 7", "user " + hex("u:g"), "dir " + hex("/w"), "env " + hex("A=b=c\nd"));
    lines("arg " + hex("run me"), "tag " + hex("h/x:1"), "upper " + hex("/3"));
    lines("lower " + hex("/2:/1"), "end");
    StoredImage image = images.images().getFirst();
    assertThat(image.info().env()).isEqualTo(Map.of("A", "b=c\nd"));
    assertThat(image.info().entrypoint()).containsExactly("run me");
    assertThat(image.info().user()).isEqualTo("u:g");
    assertThat(image.tags()).containsExactly("h/x:1");
    assertThat(image.layers()).containsExactly(Path.of("/3"), Path.of("/2"), Path.of("/1"));
  }

  @Test
  void anImageWithoutLayersStandsOnTheEmptyDirectory() {
    lines("id abc", "size 0", "user ", "dir ", "", "", "end");
    assertThat(images.images().getFirst().layers()).containsExactly(Path.of("/empty"));
  }

  @Test
  void aWarningOfTheToolIsNoField() {
    lines("id abc", "size 0", "time=\"now\" level=warning msg=\"slow\"", "end");
    assertThat(images.images()).extracting(StoredImage::id).isEqualTo(List.of("abc"));
  }

  private void lines(String... lines) {
    List.of(lines).forEach(images::accept);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
