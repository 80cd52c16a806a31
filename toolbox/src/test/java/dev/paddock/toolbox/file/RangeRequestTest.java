package dev.paddock.toolbox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeRequestTest {
  private static final long SIZE = 100;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 10",
    "bytes=90-, 90, 10",
    "bytes=90-1000, 90, 10",
    "bytes=-10, 90, 10",
    "bytes=-1000, 0, 100",
    "bytes=99-99, 99, 1"
  })
  void aRangeIsClippedToTheFile(String header, long start, long length) {
    assertThat(RangeRequest.parse(Optional.of(header), SIZE))
        .isEqualTo(new RangeRequest.Slice(start, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void aRangeBeyondTheFileIsUnsatisfiable(String header) {
    assertThat(RangeRequest.parse(Optional.of(header), SIZE))
        .isEqualTo(new RangeRequest.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=9-0",
        "bytes=-",
        "bytes=a-b",
        "items=0-1",
        "bytes=0-1,5-6",
        "bytes=99999999999999999999-"
      })
  void whatCannotBeReadMeansTheWholeFile(String header) {
    assertThat(RangeRequest.parse(Optional.of(header), SIZE)).isEqualTo(new RangeRequest.Whole());
  }

  @Test
  void withoutAHeaderItIsTheWholeFile() {
    assertThat(RangeRequest.parse(Optional.empty(), SIZE)).isEqualTo(new RangeRequest.Whole());
  }

  @Test
  void theContentRangeNamesTheLastByteAndTheSize() {
    assertThat(new RangeRequest.Slice(90, 10).contentRange(SIZE)).isEqualTo("bytes 90-99/100");
  }
}
