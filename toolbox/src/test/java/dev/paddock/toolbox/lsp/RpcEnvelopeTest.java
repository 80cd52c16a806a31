package dev.paddock.toolbox.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.web.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

class RpcEnvelopeTest {
  private static final JsonMapper JSON = JsonMapper.builder(JsonLimits.factory()).build();

  @Test
  void anAnswerHasItsNumberWhereverItStands() {
    assertThat(read("{\"result\":{\"id\":[1],\"method\":2},\"id\":7}"))
        .isEqualTo(new RpcEnvelope(false, true, OptionalLong.of(7)));
  }

  @Test
  void aQuestionMayHaveAWordForANumber() {
    assertThat(read("{\"id\":\"q\",\"method\":\"m\",\"params\":[]}"))
        .isEqualTo(new RpcEnvelope(true, true, OptionalLong.empty()));
  }

  @Test
  void whatIsNoObjectIsForNobody() {
    assertThat(read("[{\"id\":7}]")).isEqualTo(new RpcEnvelope(false, false, OptionalLong.empty()));
    assertThat(read("{\"id\":123456789012345678901234567890}").id()).isEmpty();
  }

  @Test
  void aMessageThatSaysTooMuchIsRefusedWhoeverItIsFor() {
    assertThatThrownBy(() -> read("{\"params\":[" + "0,".repeat(JsonLimits.TOKENS) + "0]}"))
        .isInstanceOf(StreamConstraintsException.class);
  }

  private static RpcEnvelope read(String text) {
    return RpcEnvelope.of(JSON, text.getBytes(StandardCharsets.UTF_8));
  }
}
