package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.testing.Json.quote;
import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.GitServer;
import dev.paddock.toolbox.testing.TestToolbox;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RemoteTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  private static final String CREDENTIALS =
      "\"username\":\"user\",\"password\":" + quote(GitServer.PASSWORD);

  @TempDir static @Nullable Path root;
  private static @Nullable GitServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new GitServer(requireRoot());
  }

  @AfterAll
  static void stop() {
    server().close();
  }

  private static GitServer server() {
    if (server == null) {
      throw new IllegalStateException("The server is not started");
    }
    return server;
  }

  private static Path requireRoot() {
    if (root == null) {
      throw new IllegalStateException("There is no directory");
    }
    return root;
  }

  /** A repository on the server with one commit on branch main. */
  private static String published(String name) throws Exception {
    Repository seed = Repository.init(TOOLBOX, "seed-" + name);
    seed.write("readme", "hello").commitAll("first");
    seed.git("clone", "--quiet", "--bare", ".", requireRoot().resolve(name).toString());
    Path bare = requireRoot().resolve(name);
    Files.writeString(
        bare.resolve("config"),
        "[http]\nreceivepack = true\n[uploadpack]\nallowAnySHA1InWant = true\n",
        StandardOpenOption.APPEND);
    return server().url(name);
  }

  private static HttpResponse<String> copy(String url, String path, String fields)
      throws Exception {
    return TOOLBOX.post(
        "/git/clone",
        "{\"url\":%s,\"path\":%s%s}"
            .formatted(quote(url), quote(path), fields.isEmpty() ? "" : "," + fields));
  }

  private static Repository cloned(String url, String path) throws Exception {
    HttpResponse<String> answer = copy(url, path, CREDENTIALS);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return Repository.at(TOOLBOX, path);
  }

  @Test
  void aCloneACommitAPushAndAPullGoRound() throws Exception {
    String url = published("round.git");
    Repository one = cloned(url, "round/one");
    Repository two = cloned(url, "round/two");

    one.write("new", "from one").commitAll("second");
    assertThat(one.get("status").path("ahead").asInt()).isEqualTo(1);
    one.must("push", CREDENTIALS);
    two.must("pull", CREDENTIALS);

    assertThat(two.directory().resolve("new")).hasContent("from one");
    assertThat(one.get("status").path("ahead").asInt()).isZero();
    assertThat(one.get("status").path("branchPublished").asBoolean()).isTrue();
    assertThat(server().offered()).contains("user:" + GitServer.PASSWORD);
  }

  @Test
  void thePasswordStaysNowhere() throws Exception {
    String encoded = URLEncoder.encode(GitServer.PASSWORD, StandardCharsets.UTF_8);
    String url = published("secret.git");
    // A helper of the user's that would store it.
    Files.writeString(TOOLBOX.work().resolve(".gitconfig"), "[credential]\nhelper = store\n");
    String inUrl = url.replace("http://", "http://user:" + encoded.replace("+", "%20") + "@");
    assertThat(copy(inUrl, "secret/url", "").statusCode()).isEqualTo(200);
    Repository repository = cloned(url, "secret/fields");
    repository.must("push", CREDENTIALS);
    repository.must("pull", CREDENTIALS);

    assertThat(TOOLBOX.work().resolve(".git-credentials")).doesNotExist();
    assertThat(repository.get("remotes").path("remotes").path(0).path("url").asString())
        .isEqualTo(url);
    for (String path : new String[] {"secret/url", "secret/fields"}) {
      try (var files = Files.walk(TOOLBOX.work().resolve(path))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .describedAs(file.toString())
              .doesNotContain("p@ss")
              .doesNotContain("p%40ss");
        }
      }
    }
    Files.delete(TOOLBOX.work().resolve(".gitconfig"));
  }

  @Test
  void noHookSeesThePassword() throws Exception {
    Repository repository = cloned(published("hook.git"), "hook");
    Path hook = repository.directory().resolve(".git/hooks/pre-push");
    Files.writeString(hook, "#!/bin/sh\nenv > seen\ntr '\\0' ' ' < /proc/$PPID/cmdline >> seen\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    repository.write("a", "").must("add", "\"files\":[\"a\"]");
    repository.commit("second");

    repository.must("push", CREDENTIALS);

    assertThat(repository.directory().resolve("seen"))
        .content()
        .contains("PATH=")
        .doesNotContain("p@ss");
  }

  @Test
  void aBranchACommitAndADepthAreChosen() throws Exception {
    String url = published("choice.git");
    Repository full = cloned(url, "choice/full");
    String first = full.git("rev-parse", "HEAD");
    full.must("branches", "\"name\":\"side\"");
    full.write("a", "").commitAll("second");
    full.must("push", CREDENTIALS);
    full.git("update-ref", "refs/heads/hidden", "HEAD");

    assertThat(copy(url, "choice/side", CREDENTIALS + ",\"branch\":\"side\"").statusCode())
        .isEqualTo(200);
    assertThat(
            copy(url, "choice/first", CREDENTIALS + ",\"commit_id\":\"" + first + "\"")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            copy(url, "choice/depth", CREDENTIALS + ",\"branch\":\"side\",\"depth\":1")
                .statusCode())
        .isEqualTo(200);

    assertThat(Repository.at(TOOLBOX, "choice/side").get("status").path("currentBranch").asString())
        .isEqualTo("side");
    Repository detached = Repository.at(TOOLBOX, "choice/first");
    assertThat(detached.git("rev-parse", "HEAD")).isEqualTo(first);
    assertThat(detached.get("status").path("currentBranch").asString()).isEqualTo("HEAD");
    assertThat(detached.directory().resolve("readme")).hasContent("hello");
    assertThat(Repository.at(TOOLBOX, "choice/depth").get("history")).hasSize(1);
  }

  @Test
  void aRemotesBranchIsCheckedOutByItsName() throws Exception {
    String url = published("track.git");
    Repository one = cloned(url, "track/one");
    one.must("branches", "\"name\":\"topic\"");
    one.write("a", "").commitAll("second");
    one.must("push", CREDENTIALS + ",\"set_upstream\":true");
    Repository two = cloned(url, "track/two");

    two.must("checkout", "\"branch\":\"topic\"");

    assertThat(two.directory().resolve("a")).exists();
    assertThat(one.git("config", "branch.topic.merge")).isEqualTo("refs/heads/topic");
  }

  @Test
  void failuresHaveTheirStatus() throws Exception {
    String url = published("failures.git");
    Repository repository = cloned(url, "failures/here");
    String wrong = "\"username\":\"user\",\"password\":\"wrong\"";

    expect(401, copy(url, "failures/a", ""));
    expect(401, copy(url, "failures/b", wrong));
    expect(403, copy(server().url("forbidden.git"), "failures/c", CREDENTIALS));
    expect(404, copy(server().url("none.git"), "failures/d", CREDENTIALS));
    expect(404, copy("/does/not/exist", "failures/e", ""));
    expect(409, copy(url, "failures/here", CREDENTIALS));
    expect(404, copy(url, "failures/f", CREDENTIALS + ",\"branch\":\"none\""));
    expect(404, copy(url, "failures/g", CREDENTIALS + ",\"commit_id\":\"" + "1".repeat(40) + "\""));
    expect(400, copy("http://127.0.0.1:1/a.git", "failures/h", ""));
    expect(400, copy("http://no-such-host.invalid/a.git", "failures/i", ""));
    expect(401, repository.post("push", wrong));
    expect(401, repository.post("pull", wrong));
    expect(404, repository.post("pull", CREDENTIALS + ",\"remote\":\"elsewhere\""));
    expect(404, repository.post("pull", CREDENTIALS + ",\"branch\":\"none\""));

    try (var left = Files.list(TOOLBOX.work().resolve("failures"))) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("here");
    }
  }

  private static void expect(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(status);
    assertThat(read(answer).path("message").asString()).isNotBlank().doesNotContain("p@ss");
  }

  @Test
  void aRefusedPushIsAConflictAndSoIsADivergedPull() throws Exception {
    String url = published("diverged.git");
    Repository one = cloned(url, "diverged/one");
    Repository two = cloned(url, "diverged/two");
    one.write("a", "").commitAll("one");
    two.write("b", "").commitAll("two");
    one.must("push", CREDENTIALS);

    expect(409, two.post("push", CREDENTIALS));
    expect(409, two.post("pull", CREDENTIALS));
    assertThat(two.get("status").path("behind").asInt()).isEqualTo(1);
    assertThat(two.get("status").path("ahead").asInt()).isEqualTo(1);
  }

  @Test
  void remotesAreNamedListedAndOverwritten() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "remotes");
    assertThat(repository.get("remotes").path("remotes")).isEmpty();

    repository.must("remotes", "\"name\":\"up\",\"url\":\"https://example.com/a.git\"");
    expect(409, repository.post("remotes", "\"name\":\"up\",\"url\":\"https://example.com/b\""));
    repository.must(
        "remotes", "\"name\":\"up\",\"url\":\"https://example.com/c\",\"overwrite\":true");

    assertThat(repository.get("remotes").toString())
        .isEqualTo("{\"remotes\":[{\"name\":\"up\",\"url\":\"https://example.com/c\"}]}");
  }

  @Test
  void storedCredentialsServeLaterCommands() throws Exception {
    String url = published("stored.git");
    String host = url.substring("http://".length(), url.lastIndexOf('/'));
    assertThat(
            TOOLBOX
                .post(
                    "/git/credentials",
                    "{\"protocol\":\"http\",\"host\":\"" + host + "\"," + CREDENTIALS + "}")
                .statusCode())
        .isEqualTo(200);

    assertThat(copy(url, "stored", "").statusCode()).isEqualTo(200);

    Files.delete(TOOLBOX.work().resolve(".git-credentials"));
    Files.delete(TOOLBOX.work().resolve(".gitconfig"));
  }
}
