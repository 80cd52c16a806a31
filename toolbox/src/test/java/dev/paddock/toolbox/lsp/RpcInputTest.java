package dev.paddock.toolbox.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  void headersHaveAnEnd() {
    assertThatThrownBy(() -> new RpcInput().accept(new byte[5000]))
        .isInstanceOf(RpcInput.MalformedException.class);
  }
}
