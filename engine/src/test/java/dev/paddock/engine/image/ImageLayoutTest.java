package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.ImageInfo;
import dev.paddock.model.failure.InvalidException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageLayoutTest {
  private final TestStore host = new TestStore(ImageSettings.defaults());
  private final ImageStore store = host.store;
  private final Path layout = host.root.resolve("Layout Of Images");

  @BeforeEach
  void fillLayout() throws Exception {
    host.build("localhost/app:1", "");
    host.run(
        "buildah",
        "push",
        "--signature-policy",
        host.data().resolve("pull-policy.json").toString(),
        "localhost/app:1",
        "oci:" + layout + ":app");
    store.remove("localhost/app:1");
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void anImageOfALayoutGetsTheGivenNameAlone() {
    ImageInfo image = store.importLayout(layout, "app", "localhost/product/app:key");
    assertThat(store.list())
        .extracting(ImageInfo::reference)
        .isEqualTo(List.of("localhost/product/app:key"));
    Path layer = store.layers(image.id()).lower().getFirst();
    assertThat(layer.resolve("bin/busybox")).exists();
  }

  @Test
  void importingAgainIsFine() {
    ImageInfo first = store.importLayout(layout, "app", "localhost/product/app:key");
    assertThat(store.importLayout(layout, "app", "localhost/product/app:key")).isEqualTo(first);
  }

  @Test
  void aNameThatTheLayoutDoesNotHoldIsRefused() {
    assertThatThrownBy(() -> store.importLayout(layout, "other", "localhost/product/app:key"))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("The image other could not be imported: ")
        .message()
        .doesNotContain(host.root.toString());
  }
}
