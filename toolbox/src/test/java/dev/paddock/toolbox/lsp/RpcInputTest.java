package dev.paddock.toolbox.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.testing.RandomRounds;
import dev.paddock.toolbox.testing.RandomPieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcInputTest {
  @Test
  void messagesAreFoundWhateverThePieces() {
    byte[] bytes =
        ("Content-Length: 5\r\nContent-Type: x\r\n\r\nfirst" + "content-length:  2\r\n\r\nab")
            .getBytes(StandardCharsets.US_ASCII);
    for (int piece = 1; piece <= bytes.length; piece++) {
      RpcInput input = new RpcInput();
      List<String> messages = new ArrayList<>();
      for (int from = 0; from < bytes.length; from += piece) {
        byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
        input
            .accept(part)
            .forEach(body -> messages.add(new String(body, StandardCharsets.US_ASCII)));
      }

      assertThat(messages).describedAs("pieces of %d", piece).containsExactly("first", "ab");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: x\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 2097153\r\n\r\n",
        "Content-Length: 123456789012\r\n\r\n",
        "Content-Length: ten\r\n\r\n"
      })
  void aLengthThatCannotBeIsRefused(String head) {
    assertThatThrownBy(() -> new RpcInput().accept(head.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(RpcInput.MalformedException.class);
  }

  @Test
  void anyBytesAreMessagesOrMalformedHoweverTheyArrive() {
    List<String> words =
        List.of("Content-Length: ", "1", "7", "\r\n\r\n", "\r\n", "9999999", "{\"a\":1}", "é");
    RandomRounds.forASecond(random -> {
      byte[] bytes = RandomPieces.bytes(random, words);

      assertThat(messages(RandomPieces.cut(random, bytes))).isEqualTo(messages(List.of(bytes)));
    });
  }

  /** The messages, or that the bytes hold none. */
  private static Optional<List<String>> messages(List<byte[]> pieces) {
    RpcInput input = new RpcInput();
    List<String> messages = new ArrayList<>();
    try {
      for (byte[] piece : pieces) {
        input
            .accept(piece)
            .forEach(body -> messages.add(new String(body, StandardCharsets.ISO_8859_1)));
      }
      return Optional.of(messages);
    } catch (RpcInput.MalformedException malformed) {
      return Optional.empty();
    }
  }

  @Test
  void headersHaveAnEnd() {
    assertThatThrownBy(() -> new RpcInput().accept(new byte[5000]))
        .isInstanceOf(RpcInput.MalformedException.class);
  }
}
