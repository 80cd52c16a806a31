package dev.paddock.toolbox.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentDispositionTest {
  @Test
  void aDownloadIsNamedInAsciiAndExactly() {
    assertThat(ContentDisposition.attachment("naïve \"plan\".txt"))
        .isEqualTo(
            "attachment; filename=\"na_ve _plan_.txt\";"
                + " filename*=UTF-8''na%C3%AFve%20%22plan%22.txt");
  }

  @Test
  void aLineEndInANameCannotForgeAHeader() {
    assertThat(ContentDisposition.attachment("a\r\nSet-Cookie: x")).doesNotContain("\r", "\n");
    assertThat(ContentDisposition.formData("file", "a\r\nX: y")).doesNotContain("\r", "\n");
  }

  @Test
  void aFormPartCarriesThePathAsItWasAskedFor() {
    assertThat(ContentDisposition.formData("file", "/home/daytona/a b.txt"))
        .isEqualTo("form-data; name=\"file\"; filename=\"/home/daytona/a b.txt\"");
  }

  @Test
  void aFormPartWithANonAsciiPathSaysItTwice() {
    assertThat(ContentDisposition.formData("file", "/tmp/ü"))
        .isEqualTo(
            "form-data; name=\"file\"; filename=\"/tmp/ü\"; filename*=UTF-8''%2Ftmp%2F%C3%BC");
  }
}
