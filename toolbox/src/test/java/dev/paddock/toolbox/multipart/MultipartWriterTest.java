package dev.paddock.toolbox.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MultipartWriterTest {
  @Test
  void theFramingIsExact() throws IOException {
    var out = new ByteArrayOutputStream();
    MultipartWriter writer = new MultipartWriter(out);

    writer.begin("file", "/a.txt", "application/octet-stream", OptionalLong.of(2));
    out.writeBytes("hi".getBytes(StandardCharsets.UTF_8));
    writer.begin("error", "/b", "application/json", OptionalLong.empty());
    out.writeBytes("{}".getBytes(StandardCharsets.UTF_8));
    writer.end();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            --DAYTONA-FILE-BOUNDARY\r
            Content-Disposition: form-data; name="file"; filename="/a.txt"\r
            Content-Length: 2\r
            Content-Type: application/octet-stream\r
            \r
            hi\r
            --DAYTONA-FILE-BOUNDARY\r
            Content-Disposition: form-data; name="error"; filename="/b"\r
            Content-Type: application/json\r
            \r
            {}\r
            --DAYTONA-FILE-BOUNDARY--\r
            """);
  }
}
