package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class WorkTreeTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void everyKindOfChangeHasItsWord() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "words");
    repository.write("kept", "k").write("changed", "c").write("gone", "g");
    repository.write("old name", "a text that is long enough to be recognised\n");
    repository.commitAll("first");
    repository.write("changed", "other").write("staged", "s").write("dir/new", "n");
    repository.git("mv", "old name", "new name");
    Files.delete(repository.directory().resolve("gone"));
    repository.must("add", "\"files\":[\"staged\"]");

    JsonNode status = repository.get("status");

    assertThat(status.path("currentBranch").asString()).isEqualTo("main");
    assertThat(status.path("branchPublished").asBoolean()).isFalse();
    assertThat(status.path("fileStatus").valueStream().map(WorkTreeTest::words))
        .containsExactlyInAnyOrder(
            "changed: Unmodified, Modified",
            "gone: Unmodified, Deleted",
            "new name: Renamed, Unmodified (old name)",
            "staged: Added, Unmodified",
            "dir/new: Untracked, Untracked");
  }

  private static String words(JsonNode file) {
    String extra = file.path("extra").asString();
    return file.path("name").asString()
        + ": "
        + file.path("staging").asString()
        + ", "
        + file.path("worktree").asString()
        + (extra.isEmpty() ? "" : " (" + extra + ")");
  }

  @Test
  void aConflictIsToldAsSuch() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "conflict");
    repository.write("file", "1").commitAll("first");
    repository.must("branches", "\"name\":\"other\"");
    repository.write("file", "2").commitAll("other");
    repository.must("checkout", "\"branch\":\"main\"");
    repository.write("file", "3").commitAll("main");
    assertThat(repository.post("checkout", "\"branch\":\"none\"").statusCode()).isEqualTo(404);
    Process merge =
        new ProcessBuilder("git", "-C", repository.directory().toString(), "merge", "other")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(merge.waitFor()).isEqualTo(1);

    assertThat(repository.get("status").path("fileStatus").valueStream().map(WorkTreeTest::words))
        .containsExactly("file: Updated but unmerged, Updated but unmerged");
    assertThat(repository.commit("too early").statusCode()).isEqualTo(409);
  }

  @Test
  void onlyNewClientsAreToldMore() throws Exception {
    Repository.init(TOOLBOX, "fields").write("a", "").commitAll("a");
    String path = "/git/status?path=fields";

    assertThat(TOOLBOX.get(path, "X-Daytona-SDK-Version", "0.190.1").body())
        .isEqualTo(
            "{\"currentBranch\":\"main\",\"fileStatus\":[],\"ahead\":0,\"behind\":0,"
                + "\"branchPublished\":false}");
    assertThat(TOOLBOX.get(path, "X-Daytona-SDK-Version", "0.218.0").body())
        .endsWith("\"detached\":false,\"upstream\":\"\"}");
  }

  @Test
  void aCommitIsItsAuthorsAndHasItsMessage() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "authors");
    String message = "-F says: \"ünïcode\" and\n\na $(body) line";
    String hash = repository.write("a", "").commitAll(message);

    JsonNode newest = repository.get("history").path(0);

    assertThat(hash).hasSize(40).isEqualTo(repository.git("rev-parse", "HEAD"));
    assertThat(newest.path("hash").asString()).isEqualTo(hash);
    assertThat(newest.path("author").asString()).isEqualTo("Ada L");
    assertThat(newest.path("email").asString()).isEqualTo("ada@example.com");
    assertThat(newest.path("message").asString()).isEqualTo(message);
    assertThat(newest.path("timestamp").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)");
    assertThat(repository.git("log", "-1", "--format=%cn <%ce>"))
        .isEqualTo("Ada L <ada@example.com>");
  }

  @Test
  void historyGoesBackwards() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "history");
    assertThat(repository.get("history")).isEmpty();
    repository.write("a", "1").commitAll("one");
    repository.write("a", "2").commitAll("two");

    assertThat(repository.get("history").findValuesAsString("message"))
        .containsExactly("two", "one");
  }

  @Test
  void aCommitWithoutChangesHasToBeWanted() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "empty");
    repository.write("a", "").commitAll("first");

    HttpResponse<String> refused = repository.commit("nothing");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(read(refused).path("message").asString()).contains("nothing to commit");
    repository.must(
        "commit", "\"message\":\"m\",\"author\":\"a\",\"email\":\"e\",\"allow_empty\":true");
  }

  @Test
  void filesAreStagedUnderTheirVeryNames() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "names");
    repository.write("*", "star").write("a", "a").write(":(top)b", "b").write("-n", "n");

    repository.must("add", "\"files\":[\"*\",\":(top)b\",\"-n\"]");

    assertThat(repository.git("diff", "--cached", "--name-only", "-z").split("\0"))
        .containsExactlyInAnyOrder("*", ":(top)b", "-n");
    assertThat(repository.post("add", "\"files\":[\"missing\"]").statusCode()).isEqualTo(404);
  }

  @Test
  void thousandsOfFilesAreStagedAtOnce() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "many");
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      repository.write("directory-with-a-long-name/file-" + i, "");
    }
    names.append(
        IntStream.range(0, 5000)
            .mapToObj(i -> "\"directory-with-a-long-name/file-" + i + "\"")
            .collect(Collectors.joining(",")));

    repository.must("add", "\"files\":[" + names + "]");

    assertThat(repository.get("status").path("fileStatus")).hasSize(5000);
  }

  @Test
  void aResetUnstagesAndAHardOneDiscards() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "reset");
    String first = repository.write("a", "1").write("b", "1").commitAll("one");
    repository.write("a", "2").write("b", "2");
    repository.must("add", "\"files\":[\".\"]");

    repository.must("reset", "\"files\":[\"a\"]");
    assertThat(repository.git("diff", "--cached", "--name-only")).isEqualTo("b");
    repository.must("reset", "");
    assertThat(repository.git("diff", "--cached", "--name-only")).isEmpty();
    repository.commitAll("two");
    repository.must("reset", "\"mode\":\"hard\",\"target\":\"" + first + "\"");

    assertThat(repository.directory().resolve("a")).hasContent("1");
    assertThat(repository.post("reset", "\"mode\":\"soft\",\"files\":[\"a\"]").statusCode())
        .isEqualTo(400);
    assertThat(repository.post("reset", "\"target\":\"nowhere\"").statusCode()).isEqualTo(404);
  }

  @Test
  void filesAreRestoredFromIndexOrCommit() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "restore");
    repository.write("a", "1").commitAll("one");
    repository.write("a", "2").commitAll("two");
    repository.write("a", "3");

    repository.must("restore", "\"files\":[\"a\"]");
    assertThat(repository.directory().resolve("a")).hasContent("2");
    repository.must("restore", "\"files\":[\"a\"],\"source\":\"HEAD~1\",\"staged\":true");
    assertThat(repository.directory().resolve("a")).hasContent("2");
    assertThat(repository.git("diff", "--cached", "--name-only")).isEqualTo("a");
    repository.must("restore", "\"files\":[\"a\"],\"staged\":true,\"worktree\":true");

    assertThat(repository.get("status").path("fileStatus")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "status?path=nowhere|404",
        "status?path=.|404",
        "status|400",
        "status?path=|400",
        "status?path=a%00b|400",
        "history?path=nowhere|404",
        "history?path=.|404",
        "branches?path=.|404",
        "remotes?path=.|404"
      })
  void badQueriesHaveTheirStatus(String query, int status) throws Exception {
    HttpResponse<String> answer = TOOLBOX.get("/git/" + query);

    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(status);
    assertThat(read(answer).path("message").asString())
        .startsWith(status == 404 ? "not found: " : "bad request: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "add|{\"path\":\".\"}",
        "add|{\"path\":\".\",\"files\":[]}",
        "add|{\"path\":\".\",\"files\":[\"\"]}",
        "add|{\"path\":\"\",\"files\":[\"a\"]}",
        "commit|{\"path\":\".\",\"author\":\"a\",\"email\":\"e\"}",
        "commit|{\"path\":\".\",\"message\":\" \",\"author\":\"a\",\"email\":\"e\"}",
        "commit|{\"path\":\".\",\"message\":\"m\",\"author\":\"\",\"email\":\"e\"}",
        "branches|{\"path\":\".\",\"name\":\"\"}",
        "branches|{\"path\":\".\",\"name\":\"-d\"}",
        "checkout|{\"path\":\".\",\"branch\":\"--orphan\"}",
        "reset|{\"path\":\".\",\"mode\":\"--hard\"}",
        "reset|{\"path\":\".\",\"target\":\"--hard\"}",
        "clone|{\"path\":\"x\"}",
        "clone|{\"path\":\"x\",\"url\":\"--upload-pack=touch\"}",
        "clone|{\"path\":\"x\",\"url\":\"https://h/a\",\"branch\":\"-b\"}",
        "clone|{\"path\":\"x\",\"url\":\"https://h/a\",\"commit_id\":\"main\"}",
        "clone|{\"path\":\"x\",\"url\":\"https://h/a\",\"depth\":-1}",
        "push|{\"path\":\".\",\"remote\":\"--mirror\"}",
        "config|{\"key\":\"user\",\"value\":\"x\"}",
        "config|{\"key\":\"user.name\",\"value\":\"x\",\"scope\":\"local\"}",
        "config|{\"key\":\"user.name\",\"value\":\"x\",\"scope\":\"world\"}",
        "credentials|{\"username\":\"a\",\"password\":\"b\",\"host\":\"a/b\"}",
        "credentials|{\"username\":\"a\\nhost=c\",\"password\":\"b\"}"
      })
  void badRequestsAre400(String operation, String body) throws Exception {
    HttpResponse<String> answer = TOOLBOX.post("/git/" + operation, body);

    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(400);
    assertThat(read(answer).path("code").asString()).isEqualTo("BAD_REQUEST");
  }
}
