package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTest {
  @Test
  void linesEndAtLineFeedsAndCarriageReturns() throws IOException {
    assertThat(lines("one\ntwo\r\n\n10%\r20%\rlast"))
        .containsExactly("one", "two", "10%", "20%", "last");
  }

  @Test
  void controlCharactersAreTakenOut() throws IOException {
    assertThat(lines("\u001b[31mred\tcell\u0007\n")).containsExactly("[31mred cell");
  }

  @Test
  void anEndlessLineIsCut() throws IOException {
    assertThat(lines("x".repeat(1_000_000) + "\nnext")).containsExactly("x".repeat(20), "next");
  }

  @Test
  void bytesThatAreNoTextDoNoHarm() throws IOException {
    List<String> lines = new ArrayList<>();
    new Output(20, lines::add).drain(new ByteArrayInputStream(new byte[] {-1, -2, '\n'}));
    assertThat(lines).containsExactly("\ufffd\ufffd");
  }

  private static List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    new Output(20, lines::add)
        .drain(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return lines;
  }
}
