package dev.paddock.toolbox.file;

import static dev.paddock.toolbox.testing.Json.read;
import static dev.paddock.toolbox.testing.TestToolbox.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FilesTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void aFileIsDescribedInEveryNotationThatClientsRead() throws Exception {
    Path file = Files.writeString(TOOLBOX.work().resolve("described.txt"), "12345");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05.5Z")));

    assertThat(info("described.txt").body())
        .isEqualTo(
            """
            {"name":"described.txt","size":5,"mode":"-rw-r-----",\
            "modTime":"2026-01-02 03:04:05.5 +0000 UTC","modifiedAt":"2026-01-02T03:04:05Z",\
            "isDir":false,"owner":"0","group":"0","permissions":"0640"}\
            """);
  }

  @Test
  void aDirectoryIsListedAndTheWorkDirByDefault() throws Exception {
    Path directory = Files.createDirectories(TOOLBOX.work().resolve("listed/inner"));
    Files.writeString(directory.resolveSibling("file"), "");

    JsonNode entries = read(TOOLBOX.get("/files?path=listed"));

    assertThat(entries.findValuesAsString("name")).containsExactlyInAnyOrder("inner", "file");
    assertThat(TOOLBOX.get("/files").body()).contains("\"listed\"");
    assertThat(TOOLBOX.get("/files?path=").statusCode()).isEqualTo(200);
  }

  @Test
  void anEmptyDirectoryIsAnEmptyList() throws Exception {
    Files.createDirectories(TOOLBOX.work().resolve("hollow"));

    assertThat(TOOLBOX.get("/files?path=hollow").body()).isEqualTo("[]");
  }

  @Test
  void aFolderIsMadeWithThoseAboveItAndItsMode() throws Exception {
    assertThat(post("/files/folder?path=made/deep/er&mode=700").statusCode()).isEqualTo(201);
    assertThat(post("/files/folder?path=made/other").statusCode()).isEqualTo(201);

    assertThat(read(info("made/deep/er")).path("mode").asString()).isEqualTo("drwx------");
    assertThat(read(info("made/other")).path("permissions").asString()).isEqualTo("0755");
  }

  @Test
  void devicesPipesAndSocketsHaveTheirLettersInModes() throws Exception {
    Path socket = TOOLBOX.work().resolve("door");
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      Process made = new ProcessBuilder("mkfifo", TOOLBOX.work().resolve("pipe") + "").start();
      assertThat(made.waitFor()).isZero();

      assertThat(read(info("door")).path("mode").asString()).startsWith("S");
      assertThat(read(info("pipe")).path("mode").asString()).startsWith("p");
      assertThat(read(info("/dev/null")).path("mode").asString()).isEqualTo("Dcrw-rw-rw-");
    }
  }

  @Test
  void aMoveTakesTheFileAndNeverWhatIsThere() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("from"), "a");
    Files.writeString(TOOLBOX.work().resolve("taken"), "b");

    HttpResponse<String> refused = post("/files/move?source=from&destination=taken");
    HttpResponse<String> moved = post("/files/move?source=from&destination=to");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(moved.statusCode()).isEqualTo(200);
    assertThat(TOOLBOX.work().resolve("to")).hasContent("a");
    assertThat(TOOLBOX.work().resolve("taken")).hasContent("b");
    assertThat(TOOLBOX.work().resolve("from")).doesNotExist();
  }

  @Test
  void aFileIsDeletedAndADirectoryOnlyWhenAsked() throws Exception {
    Path directory = Files.createDirectories(TOOLBOX.work().resolve("full"));
    Files.writeString(directory.resolve("file"), "");

    assertThat(TOOLBOX.delete("/files?path=full").statusCode()).isEqualTo(400);
    assertThat(TOOLBOX.delete("/files?path=full/file").statusCode()).isEqualTo(204);
    assertThat(TOOLBOX.delete("/files?path=full&recursive=true").statusCode()).isEqualTo(204);
    assertThat(directory).doesNotExist();
  }

  @Test
  void permissionsAndOwnerAreChanged() throws Exception {
    Path file = Files.writeString(TOOLBOX.work().resolve("owned"), "");

    HttpResponse<String> answer =
        post("/files/permissions?path=owned&mode=4711&owner=daemon&group=1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(read(info("owned")).path("mode").asString()).isEqualTo("urwx--x--x");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(1);
  }

  @Test
  void aLinkThatLeadsNowhereIsShownAsSuch() throws Exception {
    Path directory = Files.createDirectories(TOOLBOX.work().resolve("links"));
    Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nowhere"));

    assertThat(read(TOOLBOX.get("/files?path=links")).path(0).path("mode").asString())
        .startsWith("L");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /files/info?path=none, 404",
    "GET, /files?path=none, 404",
    "GET, /files/download?path=none, 404",
    "DELETE, /files?path=none, 404",
    "POST, /files/move?source=none&destination=other, 404",
    "POST, /files/permissions?path=none&mode=644, 404",
    "GET, /files/info, 400",
    "GET, /files/info?path=, 400",
    "GET, /files/info?path=a%00b, 400",
    "GET, /files?path=a%00b, 400",
    "GET, /files/download?path=a%00b, 400",
    "DELETE, /files?path=a%00b, 400",
    "POST, /files/folder?path=a%00b, 400",
    "POST, /files/move?source=a%00b&destination=c, 400",
    "POST, /files/move?source=only, 400",
    "POST, /files/folder?path=x&mode=9, 400",
    "POST, /files/permissions?path=.&mode=rwx, 400",
    "GET, /files/download?path=., 400"
  })
  void badInputHasItsStatus(String method, String path, int status) throws Exception {
    HttpResponse<String> answer = TOOLBOX.send(method, path, BodyPublishers.noBody());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(read(answer).path("message").asString())
        .startsWith(status == 404 ? "not found: " : "bad request: ");
  }

  @Test
  void aFileAsDirectoryIs400() throws Exception {
    Files.writeString(TOOLBOX.work().resolve("plain"), "");

    assertThat(TOOLBOX.get("/files?path=plain").statusCode()).isEqualTo(400);
  }

  private static HttpResponse<String> info(String path) throws Exception {
    return TOOLBOX.get("/files/info?path=" + encode(path));
  }

  private static HttpResponse<String> post(String path) throws Exception {
    return TOOLBOX.send("POST", path, BodyPublishers.noBody());
  }
}
