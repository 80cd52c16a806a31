package dev.paddock.toolbox.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.testing.RandomRounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
  private static final String FORM =
      """
      preamble is ignored\r
      --XX\r
      Content-Disposition: form-data; name="files[0].path"\r
      \r
      /tmp/a b.txt\r
      --XX\r
      content-disposition: form-data; name="files[0].file"; filename="C:\\dir\\"q\\".txt"\r
      Content-Type: application/octet-stream\r
      \r
      line\r
      --X\r
      line\r
      --XX--\r
      epilogue\
      """;

  @Test
  void partsComeWithTheirNamesAndExactBytes() throws IOException {
    MultipartReader reader = reader(FORM, "XX");

    MultipartReader.Part path = reader.next().orElseThrow();
    assertThat(path.name()).isEqualTo("files[0].path");
    assertThat(path.text(100)).isEqualTo("/tmp/a b.txt");
    MultipartReader.Part file = reader.next().orElseThrow();
    assertThat(file.fileName()).contains("C:\\dir\"q\".txt");
    assertThat(file.text(100)).isEqualTo("line\r\n--X\r\nline");
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void anUnreadPartIsPassedOver() throws IOException {
    MultipartReader reader = reader(FORM, "XX");

    assertThat(reader.next()).isPresent();
    assertThat(reader.next().orElseThrow().name()).isEqualTo("files[0].file");
  }

  @Test
  void aBodyCutOffInsideAPartIsAnErrorOfThePart() throws IOException {
    String cut = FORM.substring(0, FORM.indexOf("--X\r\nline"));
    MultipartReader reader = reader(cut, "XX");
    assertThat(reader.next()).isPresent();
    MultipartReader.Part file = reader.next().orElseThrow();

    assertThatThrownBy(() -> file.body().readAllBytes()).isInstanceOf(CutOffException.class);
  }

  @Test
  void aTextFieldBeyondItsLimitIsRefused() throws IOException {
    MultipartReader.Part path = reader(FORM, "XX").next().orElseThrow();

    assertThatThrownBy(() -> path.text(5)).isInstanceOf(MultipartFormatException.class);
  }

  @Test
  void headersWithoutEndAreRefusedInsteadOfKept() {
    String endless = "--XX\r\n" + "a".repeat(100_000);

    assertThatThrownBy(() -> reader(endless, "XX").next())
        .isInstanceOf(MultipartFormatException.class);
  }

  @Test
  void aBodyThatIsNotMultipartIsRefused() {
    assertThatThrownBy(() -> reader("{}", "XX").next()).isInstanceOf(CutOffException.class);
  }

  @Test
  void whatIsWrittenIsReadBackWhateverTheBytesAndTheChunks() {
    RandomRounds.forASecond(random -> {
      List<byte[]> bodies = randomBodies(random);
      byte[] form = write(bodies);
      MultipartReader reader =
          new MultipartReader(new Trickle(form, random), MultipartWriter.BOUNDARY);
      for (byte[] body : bodies) {
        assertThat(reader.next().orElseThrow().body().readAllBytes()).isEqualTo(body);
      }
      assertThat(reader.next()).isEmpty();
    });
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] form = write(List.of("one".getBytes(StandardCharsets.UTF_8), new byte[0]));
    for (int length = 0; length < form.length - 2; length++) {
      var cut = new ByteArrayInputStream(form, 0, length);
      assertThatThrownBy(() -> drain(new MultipartReader(cut, MultipartWriter.BOUNDARY)))
          .isInstanceOf(CutOffException.class);
    }
  }

  @Test
  void randomBytesNeverDoMoreThanFail() {
    RandomRounds.forASecond(random -> {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      byte[] start = "--B\r\nContent-Disposition: ".getBytes(StandardCharsets.UTF_8);
      if (noise.length > start.length && random.nextBoolean()) {
        System.arraycopy(start, 0, noise, 0, start.length);
      }
      assertThatThrownBy(() -> drain(new MultipartReader(new ByteArrayInputStream(noise), "B")))
          .isInstanceOf(IOException.class);
    });
  }

  private static void drain(MultipartReader reader) throws IOException {
    Optional<MultipartReader.Part> part = reader.next();
    while (part.isPresent()) {
      part.get().body().readAllBytes();
      part = reader.next();
    }
  }

  private static byte[] write(List<byte[]> bodies) throws IOException {
    var out = new ByteArrayOutputStream();
    MultipartWriter writer = new MultipartWriter(out);
    for (byte[] body : bodies) {
      writer.begin("file", "/a", "application/octet-stream", OptionalLong.of(body.length));
      out.write(body);
    }
    writer.end();
    return out.toByteArray();
  }

  /** Bodies rich in beginnings of the boundary, never whole; some larger than the buffer. */
  private static List<byte[]> randomBodies(Random random) {
    var bodies = new ArrayList<byte[]>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      var body = new ByteArrayOutputStream();
      int size = random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(300);
      String near = "\r\n--" + MultipartWriter.BOUNDARY;
      while (body.size() < size) {
        body.writeBytes(
            near.substring(0, random.nextInt(near.length())).getBytes(StandardCharsets.UTF_8));
        body.write(random.nextInt(64));
      }
      bodies.add(body.toByteArray());
    }
    return bodies;
  }

  private static MultipartReader reader(String body, String boundary) {
    return new MultipartReader(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), boundary);
  }

  /** Delivers its bytes in pieces of random size. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream bytes;
    private final Random random;

    Trickle(byte[] bytes, Random random) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int bound = random.nextBoolean() ? 4 : 10_000;
      return bytes.read(target, offset, Math.min(length, random.nextInt(1, bound)));
    }
  }
}
