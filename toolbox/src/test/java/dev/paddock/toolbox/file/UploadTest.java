package dev.paddock.toolbox.file;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.Form;
import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UploadTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private static final String MOUNT = "mount -t tmpfs -o size=4m tmpfs small";

  @Test
  void oneFileIsStoredWhereTheQuerySays() throws Exception {
    HttpResponse<String> answer = upload("single", new Form().file("file", "content"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TOOLBOX.work().resolve("single")).hasContent("content");
  }

  @Test
  void oneFileNeedsItsDirectory() throws Exception {
    assertThat(upload("no/such/directory", new Form().file("file", "x")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void anUploadReplacesTheFileWhole() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("replaced"), "something longer");

    upload("replaced", new Form().file("file", "new"));

    assertThat(TOOLBOX.work().resolve("replaced")).hasContent("new");
  }

  @Test
  void pathsAndFilesMayAlternate() throws Exception {
    Form form =
        new Form()
            .text("files[0].path", "bulk/a/one")
            .file("files[0].file", "1")
            .text("files[1].path", TOOLBOX.work() + "/bulk/two")
            .file("files[1].file", "22");

    HttpResponse<String> answer = bulk(form);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"files\":[{\"path\":\"bulk/a/one\",\"bytes\":1},{\"path\":%s,\"bytes\":2}]}"
                .formatted(quote(TOOLBOX.work() + "/bulk/two")));
    assertThat(TOOLBOX.work().resolve("bulk/a/one")).hasContent("1");
    assertThat(TOOLBOX.work().resolve("bulk/two")).hasContent("22");
  }

  @Test
  void allPathsMayComeFirst() throws Exception {
    byte[] large = new byte[3_000_000];
    new Random(5).nextBytes(large);
    Form form =
        new Form()
            .text("files[0].path", "first/one")
            .text("files[1].path", "first/two")
            .file("files[0].file", "1")
            .file("files[1].file", large);

    assertThat(bulk(form).statusCode()).isEqualTo(200);
    assertThat(TOOLBOX.work().resolve("first/two")).hasBinaryContent(large);
  }

  @Test
  void aFileThatCannotBeStoredDoesNotKeepTheOthersBack() throws Exception {
    Files.createDirectories(TOOLBOX.work().resolve("occupied"));
    Form form =
        new Form()
            .text("files[0].path", "occupied")
            .file("files[0].file", "x")
            .text("files[1].path", "stored")
            .file("files[1].file", "y");

    HttpResponse<String> answer = bulk(form);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer).path("errors").size()).isEqualTo(1);
    assertThat(read(answer).path("errors").path(0).asString()).startsWith("occupied: ");
    assertThat(read(answer).path("files").path(0).path("path").asString()).isEqualTo("stored");
    assertThat(read(answer).path("message").asString()).startsWith("bad request: occupied: ");
    assertThat(read(answer).path("path").asString()).endsWith("/files/bulk-upload");
    assertThat(read(answer).path("method").asString()).isEqualTo("POST");
    assertThat(read(answer).path("timestamp").asString()).matches("\\d{4}-.*Z");
    assertThat(TOOLBOX.work().resolve("stored")).hasContent("y");
  }

  @Test
  void aFileWithoutItsPathAndAPathWithoutItsFileAreErrors() throws Exception {
    Form form = new Form().file("files[0].file", "x").text("files[1].path", "lonely");

    HttpResponse<String> answer = bulk(form);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer).path("errors").size()).isEqualTo(2);
  }

  @Test
  void aPathWithANulIsAnError() throws Exception {
    Form form = new Form().text("files[0].path", "a\0b").file("files[0].file", "x");

    HttpResponse<String> answer = bulk(form);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("NUL");
  }

  @Test
  void whatIsNoFormIs400() throws Exception {
    assertThat(TOOLBOX.post("/files/bulk-upload", "{}").statusCode()).isEqualTo(400);
    assertThat(TOOLBOX.post("/files/upload?path=x", "{}").statusCode()).isEqualTo(400);
    assertThat(upload("x", new Form().text("other", "y")).statusCode()).isEqualTo(400);
    assertThat(bulk(new Form()).statusCode()).isEqualTo(400);
    HttpResponse<String> unfinished =
        TOOLBOX.send(
            "POST",
            "/files/bulk-upload",
            BodyPublishers.ofByteArray(
                new Form().text("files[0].path", "p").file("files[0].file", "f").unfinished()),
            "Content-Type",
            Form.TYPE);
    assertThat(unfinished.statusCode()).isEqualTo(400);
    assertThat(TOOLBOX.work().resolve("x")).doesNotExist();
  }

  @Test
  void anUploadThatIsCutOffLeavesNothing() throws Exception {
    Path directory = Files.createDirectories(TOOLBOX.work().resolve("cut"));
    byte[] form =
        new Form()
            .text("files[0].path", "cut/whole")
            .file("files[0].file", "1")
            .text("files[1].path", "cut/broken")
            .file("files[1].file", new byte[2_000_000])
            .bytes();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TOOLBOX.port())) {
      socket.getOutputStream().write(head(form.length));
      socket.getOutputStream().write(form, 0, 1_500_000);
      socket.shutdownOutput();
      readToEnd(socket);
    }

    assertThat(directory.resolve("whole")).hasContent("1");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("whole"));
    }
  }

  @Test
  void anUploadThatFillsTheDiskIs507AtOnceAndLeavesNothing() throws Exception {
    Path small = Files.createDirectories(TOOLBOX.work().resolve("small"));
    run(MOUNT);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TOOLBOX.port())) {
      long announced = 5_000_000_000L;
      socket.getOutputStream().write(head(announced));
      byte[] form =
          new Form().text("files[0].path", "small/big").file("files[0].file", "").unfinished();
      socket.getOutputStream().write(form, 0, form.length - 2);
      Thread.ofVirtual().start(() -> sendUntilClosed(socket));

      String answer = readToEnd(socket);

      assertThat(answer).startsWith("HTTP/1.1 507 ").contains("\"code\":\"INSUFFICIENT_STORAGE\"");
      try (var files = Files.list(small)) {
        assertThat(files).isEmpty();
      }
    } finally {
      run("umount small");
    }
  }

  private static void sendUntilClosed(Socket socket) {
    byte[] zeros = new byte[64 * 1024];
    try {
      while (!socket.isClosed()) {
        socket.getOutputStream().write(zeros);
      }
    } catch (IOException closed) {
      assertThat(closed).isNotNull();
    }
  }

  private static byte[] head(long length) {
    return """
    POST %s/files/bulk-upload HTTP/1.1\r
    Host: x\r
    Authorization: Bearer test-key\r
    Content-Type: %s\r
    Content-Length: %d\r
    \r
    """
        .formatted(TestToolbox.prefix(), Form.TYPE, length)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String readToEnd(Socket socket) throws IOException {
    socket.setSoTimeout(30_000);
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void run(String command) throws Exception {
    HttpResponse<String> answer =
        TOOLBOX.post("/process/execute", "{\"command\":" + quote(command) + "}");
    assertThat(read(answer).path("exitCode").asInt()).as(answer.body()).isZero();
  }

  private static HttpResponse<String> upload(String path, Form form) throws Exception {
    return TOOLBOX.send(
        "POST", "/files/upload?path=" + path, form.publisher(), "Content-Type", Form.TYPE);
  }

  private static HttpResponse<String> bulk(Form form) throws Exception {
    return TOOLBOX.send("POST", "/files/bulk-upload", form.publisher(), "Content-Type", Form.TYPE);
  }
}
