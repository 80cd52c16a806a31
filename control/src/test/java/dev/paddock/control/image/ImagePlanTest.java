package dev.paddock.control.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.snapshot.BuildRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagePlanTest {
  @Test
  void aMereImageNameIsFetchedAndNotBuilt() {
    for (String text :
        List.of("FROM debian:13\n", "FROM debian:13", "# hi\n\nfrom debian:13  \n")) {
      assertThat(plan(text)).isEqualTo(ImagePlan.pull("debian:13"));
    }
  }

  @Test
  void anythingMoreIsBuiltUnderAReferenceMadeFromTheText() {
    ImagePlan plan = plan("FROM debian:13\nRUN true\n");

    assertThat(plan.dockerfile()).contains("FROM debian:13\nRUN true\n");
    assertThat(plan.reference()).matches("localhost/paddock-build:[0-9a-f]{64}");
    assertThat(plan("FROM debian:13\nRUN true\n")).isEqualTo(plan);
    assertThat(plan("FROM debian:13\nRUN false\n").reference()).isNotEqualTo(plan.reference());
    assertThat(plan("FROM debian:13 AS base").dockerfile()).isPresent();
    assertThat(plan("FROM scratch").dockerfile()).isPresent();
  }

  @Test
  void imageNamesThatCouldBeOptionsOrPathsAreRefused() {
    for (String image : List.of("--help", "/etc/passwd", "oci:/tmp", "a:b:c", "../x", "dir:x/..")) {
      assertThatThrownBy(() -> plan("FROM " + image))
          .as(image)
          .isInstanceOf(InvalidException.class);
    }
  }

  @Test
  void uploadedFilesNeedAStorageThatIsNotThere() {
    assertThatThrownBy(() -> ImagePlan.of(new BuildRequest("FROM x:1\nCOPY a b", List.of("0af"))))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("object storage");
  }

  @Test
  void emptyAndEndlessDockerfilesAreRefused() {
    for (String text : List.of("", " \n", "FROM x:1\n" + "#".repeat(300_000))) {
      assertThatThrownBy(() -> plan(text)).isInstanceOf(InvalidException.class);
    }
  }

  private static ImagePlan plan(String dockerfile) {
    return ImagePlan.of(new BuildRequest(dockerfile, List.of()));
  }
}
