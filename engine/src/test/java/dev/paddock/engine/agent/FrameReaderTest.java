package dev.paddock.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.engine.agent.wire.Response;
import dev.paddock.model.testing.RandomRounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  @Test
  void framesArriveInOrderWithTheirPayloads() throws IOException {
    byte[] large = new byte[Frame.MAX_PAYLOAD];
    new Random(1).nextBytes(large);
    FrameReader reader =
        reader(
            FakeAgent.frame(4, bytes("a")),
            FakeAgent.frame(7, bytes("")),
            FakeAgent.frame(6, large));
    assertThat(reader.next().map(Frame::copy)).contains(bytes("a"));
    assertThat(reader.next().map(Frame::kind)).contains(FrameKind.END);
    assertThat(reader.next().map(Frame::copy)).contains(large);
    assertThat(reader.next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {Frame.MAX_PAYLOAD + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void aFrameThatIsTooLongIsRefusedBeforeItIsRead(int length) {
    FrameReader reader = reader(FakeAgent.frame(4, length, bytes("x")));
    assertThatThrownBy(reader::next)
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("too long");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 127, 128, 255})
  void anUnknownKindIsRefused(int kind) {
    FrameReader reader = reader(FakeAgent.frame(kind, bytes("x")));
    assertThatThrownBy(reader::next)
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("unknown kind");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 7})
  void halfAFrameIsNoEnd(int length) {
    byte[] whole = FakeAgent.frame(4, bytes("abc"));
    byte[] half = new byte[length];
    System.arraycopy(whole, 0, half, 0, length);
    FrameReader reader = reader(half);
    assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
  }

  @Test
  void anyBytesAreFramesOrAViolation() {
    RandomRounds.forASecond(random -> {
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      exhaust(garbage);
    });
  }

  @Test
  void damagedFramesAreFramesOrAViolation() {
    RandomRounds.forASecond(random -> {
      byte[] stream = validStream(random);
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        stream[random.nextInt(stream.length)] = (byte) random.nextInt();
      }
      exhaust(stream);
    });
  }

  @Test
  void anyPayloadIsAMessageOrAViolation() {
    RandomRounds.forASecond(random -> {
      byte[] payload = new byte[random.nextInt(64)];
      random.nextBytes(payload);
      Frame frame = new Frame(FrameKind.RESPONSE, payload, payload.length);
      try {
        frame.message(Response.getDescriptor(), Response.parser());
      } catch (ProtocolViolation e) {
        assertThat(e).hasMessageStartingWith("a message");
      }
    });
  }

  @Test
  void aMessageThatWouldFillTheMemoryIsRefused() {
    byte[] ports = new byte[1 << 19];
    for (int i = 0; i + 1 < ports.length; i += 2) {
      ports[i] = 0x0a;
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {(byte) 0xea, 0x03, (byte) 0x80, (byte) 0x80, 0x20});
    message.writeBytes(ports);
    byte[] payload = message.toByteArray();
    Frame frame = new Frame(FrameKind.RESPONSE, payload, payload.length);
    assertThatThrownBy(() -> frame.message(Response.getDescriptor(), Response.parser()))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessage("more than fits into a message");
  }

  private static byte[] validStream(Random random) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = random.nextInt(5); i >= 0; i--) {
      byte[] payload = new byte[random.nextInt(40)];
      random.nextBytes(payload);
      stream.writeBytes(FakeAgent.frame(1 + random.nextInt(9), payload));
    }
    return stream.toByteArray();
  }

  private static void exhaust(byte[] stream) throws IOException {
    List<Integer> lengths = new ArrayList<>();
    try {
      FrameReader reader = reader(stream);
      for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        lengths.add(Frame.HEADER + frame.get().length());
      }
    } catch (EOFException e) {
      assertThat(e).hasMessageContaining("within a frame");
    } catch (ProtocolViolation e) {
      assertThat(e).hasMessageMatching("(a|an) .*");
    }
    assertThat(lengths.stream().mapToInt(Integer::intValue).sum())
        .isLessThanOrEqualTo(stream.length);
  }

  private static FrameReader reader(byte[]... parts) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      stream.writeBytes(part);
    }
    return new FrameReader(Channels.newChannel(new ByteArrayInputStream(stream.toByteArray())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
