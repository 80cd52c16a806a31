package dev.paddock.toolbox.file;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static dev.paddock.toolbox.testing.TestToolbox.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void aTextIsFoundLineByLineAndTakenAsItIs() throws Exception {
    write("find/a.txt", "nothing\n  has a.*b in ü\nand a.*b\n");
    write("find/deep/b.txt", "aXXb\na.*b");
    write("find/binary", "\0a.*b");

    HttpResponse<String> answer = TOOLBOX.get("/files/find?path=find&pattern=" + encode("a.*b"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            [{"file":"find/a.txt","line":2,"content":"  has a.*b in ü"},\
            {"file":"find/a.txt","line":3,"content":"and a.*b"},\
            {"file":"find/deep/b.txt","line":2,"content":"a.*b"}]\
            """);
    assertThat(TOOLBOX.get("/files/find?path=find&pattern=absent").body()).isEqualTo("[]");
  }

  @Test
  void namesAreFoundByPattern() throws Exception {
    write("search/one.ts", "");
    write("search/deep/two.ts", "");
    write("search/three.tsx", "");
    String absolute = TOOLBOX.work().resolve("search").toString();

    assertThat(TOOLBOX.get("/files/search?path=search&pattern=*.ts").body())
        .isEqualTo("{\"files\":[\"search/deep/two.ts\",\"search/one.ts\"]}");
    assertThat(TOOLBOX.get("/files/search?path=" + encode(absolute) + "&pattern=three*").body())
        .isEqualTo("{\"files\":[" + quote(absolute + "/three.tsx") + "]}");
    assertThat(TOOLBOX.get("/files/search?path=search&pattern=none").body())
        .isEqualTo("{\"files\":[]}");
  }

  @Test
  void aTextIsReplacedInEachFile() throws Exception {
    Path changed = write("replace/changed", "a$1 a$1\n");
    Files.setPosixFilePermissions(changed, PosixFilePermissions.fromString("rwxr-x---"));
    Path same = write("replace/same", "nothing");
    Files.setLastModifiedTime(same, FileTime.from(Instant.EPOCH));

    HttpResponse<String> answer =
        replace("[\"replace/changed\",\"replace/same\",\"replace/none\",\"replace\"]", "a$1", "$2");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(read(answer).valueStream().map(result -> result.path("success").asBoolean()))
        .containsExactly(true, true, false, false);
    assertThat(read(answer).path(0).has("error")).isFalse();
    assertThat(read(answer).path(2).path("error").asString()).contains("no such file");
    assertThat(changed).hasContent("$2 $2\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(changed)))
        .isEqualTo("rwxr-x---");
    assertThat(Files.getLastModifiedTime(same).toInstant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aBinaryFileIsLeftAsItIs() throws Exception {
    Path binary = write("replace/binary", "a\0b");

    HttpResponse<String> answer = replace("[\"replace/binary\"]", "a", "x");

    assertThat(read(answer).path(0).path("success").asBoolean()).isFalse();
    assertThat(read(answer).path(0).path("error").asString()).contains("binary");
    assertThat(binary).hasContent("a\0b");
  }

  @Test
  void twentyThousandFilesAreSearchedInSeconds() throws Exception {
    Path tree = TOOLBOX.work().resolve("large");
    Process make =
        new ProcessBuilder(
                "sh",
                "-c",
                "for d in $(seq 20); do mkdir -p $0/$d && seq 1000 | split -l 1 -a 3 - $0/$d/f;"
                    + " done",
                tree.toString())
            .start();
    assertThat(make.waitFor()).isZero();
    long start = System.nanoTime();

    assertThat(read(TOOLBOX.get("/files/find?path=large&pattern=999"))).hasSize(20);
    assertThat(read(TOOLBOX.get("/files/search?path=large&pattern=faaa")).path("files"))
        .hasSize(20);

    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void hundredsOfThousandsOfLinesAreFoundToTheLast() throws Exception {
    write("many", "x\n".repeat(300_000));

    var found = read(TOOLBOX.get("/files/find?path=many&pattern=x"));

    assertThat(found).hasSize(300_000);
    assertThat(found.path(299_999).path("line").asInt()).isEqualTo(300_000);
  }

  @ParameterizedTest
  @CsvSource({
    "/files/find?path=none&pattern=x, 404",
    "/files/search?path=none&pattern=x, 404",
    "/files/find?path=.&pattern=, 400",
    "/files/find?path=.&pattern=a%0Ab, 400",
    "/files/find?pattern=x, 400",
    "/files/find?path=.&pattern=%00x%00, 200",
    "/files/search?path=., 400",
    "/files/search?path=.&pattern=%5Ba, 400"
  })
  void badSearchesHaveTheirStatus(String path, int status) throws Exception {
    assertThat(TOOLBOX.get(path).statusCode()).isEqualTo(status);
  }

  @Test
  void badReplacementsAre400() throws Exception {
    assertThat(replace("[]", "a", "b").statusCode()).isEqualTo(400);
    assertThat(replace("[\"x\"]", "", "b").statusCode()).isEqualTo(400);
    assertThat(TOOLBOX.post("/files/replace", "{\"files\":[\"x\"]}").statusCode()).isEqualTo(400);
  }

  private static Path write(String path, String content) throws Exception {
    Path file = TOOLBOX.work().resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static HttpResponse<String> replace(String files, String pattern, String newValue)
      throws Exception {
    return TOOLBOX.post(
        "/files/replace",
        "{\"files\":%s,\"pattern\":%s,\"newValue\":%s}"
            .formatted(files, quote(pattern), quote(newValue)));
  }
}
