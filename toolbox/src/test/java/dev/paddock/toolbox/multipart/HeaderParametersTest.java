package dev.paddock.toolbox.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderParametersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=abc",
        "multipart/form-data;charset=x; boundary=\"abc\"",
        "Multipart/Form-Data; BOUNDARY = abc ; x=y"
      })
  void theBoundaryIsFoundHoweverItIsWritten(String contentType) {
    assertThat(HeaderParameters.boundary(contentType)).contains("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json; boundary=abc", "multipart/form-data", "multipart/x; boundary="})
  void otherContentTypesHaveNone(String contentType) {
    assertThat(HeaderParameters.boundary(contentType)).isEmpty();
  }

  @Test
  void aQuoteThatNeverClosesEndsWithTheHeader() {
    assertThat(HeaderParameters.parse("form-data; name=\"abc")).containsEntry("name", "abc");
  }
}
