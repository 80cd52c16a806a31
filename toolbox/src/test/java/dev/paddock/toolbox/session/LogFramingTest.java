package dev.paddock.toolbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.testing.RandomRounds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogFramingTest {
  private static final OutputEvent.Exited END = new OutputEvent.Exited(0, 0, false, false, 0);

  @Test
  void eachChunkIsMarkedWithItsStream() {
    assertThat(LogEncoder.encode(LogShape.MARKED, new OutputEvent.Stdout(bytes("a"))))
        .containsExactly(1, 1, 1, 'a');
    assertThat(LogEncoder.encode(LogShape.SEPARATE, new OutputEvent.Stderr(bytes("b"))))
        .containsExactly(2, 2, 2, 'b');
  }

  @Test
  void aCombinedLogHasNoMarkers() {
    assertThat(LogEncoder.encode(LogShape.COMBINED, new OutputEvent.Stderr(bytes("b"))))
        .containsExactly('b');
  }

  @Test
  void clientsGetBackTheStreamsWhateverTheChunks() {
    RandomRounds.forASecond(random -> {
      List<OutputEvent> events = randomText(random);
      var log = new ByteArrayOutputStream();
      CharacterAligner aligner = new CharacterAligner();
      for (OutputEvent event : events) {
        aligner
            .align(event)
            .forEach(aligned -> log.writeBytes(LogEncoder.encode(LogShape.MARKED, aligned)));
      }
      ClientDemultiplexer client = new ClientDemultiplexer(log.toByteArray());
      assertThat(client.stdout()).isEqualTo(join(events, true));
      assertThat(client.stderr()).isEqualTo(join(events, false));
    });
  }

  @Test
  void noChunkOfTextEndsInTheMiddleOfACharacter() {
    RandomRounds.forASecond(random -> {
      CharacterAligner aligner = new CharacterAligner();
      for (OutputEvent event : randomText(random)) {
        for (OutputEvent aligned : aligner.align(event)) {
          byte[] chunk = LogEncoder.encode(LogShape.COMBINED, aligned);
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(chunk));
        }
      }
    });
  }

  @Test
  void bytesThatAreNoTextPassUnharmed() {
    RandomRounds.forASecond(random -> {
      byte[] noise = new byte[random.nextInt(1, 50)];
      random.nextBytes(noise);
      CharacterAligner aligner = new CharacterAligner();
      var out = new ByteArrayOutputStream();
      for (OutputEvent event : List.of(new OutputEvent.Stdout(noise), END)) {
        aligner.align(event).forEach(e -> out.writeBytes(LogEncoder.stdout(e)));
      }
      assertThat(out.toByteArray()).isEqualTo(noise);
    });
  }

  /** Text of characters of all lengths, cut into chunks anywhere, on both streams. */
  private static List<OutputEvent> randomText(Random random) {
    var events = new ArrayList<OutputEvent>();
    byte[] out = text(random);
    byte[] err = text(random);
    int outAt = 0;
    int errAt = 0;
    while (outAt < out.length || errAt < err.length) {
      if (random.nextBoolean()) {
        int end = Math.min(out.length, outAt + random.nextInt(1, 6));
        events.add(new OutputEvent.Stdout(Arrays.copyOfRange(out, outAt, end)));
        outAt = end;
      } else {
        int end = Math.min(err.length, errAt + random.nextInt(1, 6));
        events.add(new OutputEvent.Stderr(Arrays.copyOfRange(err, errAt, end)));
        errAt = end;
      }
    }
    events.add(END);
    return events;
  }

  private static byte[] text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append(List.of("a", "\n", "ü", "€", "😀").get(random.nextInt(5)));
    }
    return bytes(text.toString());
  }

  private static byte[] join(List<OutputEvent> events, boolean standard) {
    var joined = new ByteArrayOutputStream();
    for (OutputEvent event : events) {
      joined.writeBytes(standard ? LogEncoder.stdout(event) : LogEncoder.stderr(event));
    }
    return joined.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
