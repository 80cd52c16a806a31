package dev.paddock.toolbox.git;

import static dev.paddock.toolbox.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.toolbox.testing.TestToolbox;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BranchTest {
  @RegisterExtension static final TestToolbox TOOLBOX = new TestToolbox();

  @Test
  void aNewBranchIsCheckedOut() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "new");
    repository.write("a", "").commitAll("first");

    HttpResponse<String> answer = repository.post("branches", "\"name\":\"feature/one\"");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(repository.get("branches").path("branches").valueStream().map(b -> b.asString()))
        .containsExactly("feature/one", "main");
    assertThat(repository.get("status").path("currentBranch").asString()).isEqualTo("feature/one");
    assertThat(repository.post("branches", "\"name\":\"main\"").statusCode()).isEqualTo(409);
    assertThat(repository.post("branches", "\"name\":\"a..b\"").statusCode()).isEqualTo(400);
  }

  @Test
  void branchesAndCommitsAreCheckedOut() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "checkout");
    String first = repository.write("a", "1").commitAll("first");
    repository.must("branches", "\"name\":\"other\"");
    repository.write("a", "2").commitAll("second");

    repository.must("checkout", "\"branch\":\"main\"");
    assertThat(repository.directory().resolve("a")).hasContent("1");
    repository.must("checkout", "\"branch\":\"other\"");
    repository.must("checkout", "\"branch\":\"" + first + "\"");

    assertThat(repository.get("status").path("currentBranch").asString()).isEqualTo("HEAD");
    assertThat(repository.post("push", "").statusCode()).isEqualTo(409);
  }

  @Test
  void whatWouldBeLostIsAConflict() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "lost");
    repository.write("a", "1").commitAll("first");
    repository.must("branches", "\"name\":\"other\"");
    repository.write("a", "2").commitAll("second");
    repository.write("a", "3");

    HttpResponse<String> refused = repository.post("checkout", "\"branch\":\"main\"");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(read(refused).path("message").asString()).startsWith("conflict: ").contains("a");
    assertThat(repository.directory().resolve("a")).hasContent("3");
  }

  @Test
  void aFileIsNotTakenForABranch() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "file");
    repository.write("name", "1").commitAll("first");
    repository.write("name", "2");

    assertThat(repository.post("checkout", "\"branch\":\"name\"").statusCode()).isEqualTo(404);
    assertThat(repository.directory().resolve("name")).hasContent("2");
  }

  @Test
  void anyBranchButTheCurrentOneIsDeleted() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "delete");
    repository.write("a", "1").commitAll("first");
    repository.must("branches", "\"name\":\"unmerged\"");
    repository.write("a", "2").commitAll("second");

    assertThat(repository.deleteBranch("unmerged").statusCode()).isEqualTo(409);
    repository.must("checkout", "\"branch\":\"main\"");
    assertThat(repository.deleteBranch("unmerged").statusCode()).isEqualTo(204);
    assertThat(repository.deleteBranch("unmerged").statusCode()).isEqualTo(404);
  }

  @Test
  void aRepositoryWithoutACommitHasNoBranchYet() throws Exception {
    Repository repository = Repository.init(TOOLBOX, "unborn");

    assertThat(repository.get("branches").path("branches")).isEmpty();
    assertThat(repository.get("status").path("currentBranch").asString()).isEqualTo("main");
  }
}
