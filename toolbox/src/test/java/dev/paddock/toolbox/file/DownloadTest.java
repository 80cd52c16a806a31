package dev.paddock.toolbox.file;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.TestToolbox.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DownloadTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void aFileComesWholeWithItsName() throws Exception {
    byte[] content = new byte[5_000_000];
    new Random(3).nextBytes(content);
    Files.write(TOOLBOX.work().resolve("big ü.bin"), content);

    HttpResponse<byte[]> answer = download("big ü.bin");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"big _.bin\"; filename*=UTF-8''big%20%C3%BC.bin");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(answer.headers().firstValue("Content-Length")).contains("5000000");
  }

  @Test
  void anEmptyFileIsEmpty() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("empty"), "");

    assertThat(download("empty").body()).isEmpty();
  }

  @Test
  void aFileThatClaimsToBeEmptyComesAsItIs() throws Exception {
    assertThat(new String(download("/proc/version").body(), StandardCharsets.UTF_8))
        .startsWith("Linux");
  }

  @Test
  void aRangeComesAlone() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("digits"), "0123456789");

    HttpResponse<byte[]> answer = download("digits", "Range", "bytes=2-4");

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).containsExactly('2', '3', '4');
    assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
  }

  @Test
  void aRangeBeyondTheEndIs416() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("short"), "0123456789");

    HttpResponse<byte[]> answer = download("short", "Range", "bytes=10-");

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */10");
  }

  @Test
  void severalFilesComeInTheFramingThatClientsExpect() throws Exception {
    Path work = TOOLBOX.work();
    Files.writeString(work.resolve("one"), "first");
    Files.createDirectories(work.resolve("dir"));

    HttpResponse<String> answer =
        TOOLBOX.post(
            "/files/bulk-download",
            "{\"paths\":[%s,\"missing\",\"dir\"]}".formatted(quote(work + "/one")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("multipart/form-data; boundary=DAYTONA-FILE-BOUNDARY");
    assertThat(answer.body())
        .startsWith(
            """
            --DAYTONA-FILE-BOUNDARY\r
            Content-Disposition: form-data; name="file"; filename="%s/one"\r
            Content-Length: 5\r
            Content-Type: application/octet-stream\r
            \r
            first\r
            --DAYTONA-FILE-BOUNDARY\r
            Content-Disposition: form-data; name="error"; filename="missing"\r
            Content-Type: application/json\r
            \r
            {"message":\
            """
                .formatted(work))
        .contains("\"code\":\"FILE_NOT_FOUND\",\"statusCode\":404}\r\n")
        .contains("name=\"error\"; filename=\"dir\"")
        .contains("\"code\":\"INVALID_FILE_PATH\",\"statusCode\":400}\r\n")
        .endsWith("\r\n--DAYTONA-FILE-BOUNDARY--\r\n");
  }

  @Test
  void aPathWithANulIsAnErrorOfItsPartAlone() throws Exception {
    HttpResponse<String> answer =
        TOOLBOX.post("/files/bulk-download", "{\"paths\":[\"a\\u0000b\"]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("INVALID_FILE_PATH");
  }

  @Test
  void noPathsIs400() throws Exception {
    assertThat(TOOLBOX.post("/files/bulk-download", "{\"paths\":[]}").statusCode()).isEqualTo(400);
    assertThat(TOOLBOX.post("/files/bulk-download", "{}").statusCode()).isEqualTo(400);
    assertThat(TOOLBOX.post("/files/bulk-download", "{\"paths\":[null]}").statusCode())
        .isEqualTo(400);
  }

  private static HttpResponse<byte[]> download(String path, String... headers) throws Exception {
    return TOOLBOX.sendForBytes(
        "GET", "/files/download?path=" + encode(path), BodyPublishers.noBody(), headers);
  }
}
