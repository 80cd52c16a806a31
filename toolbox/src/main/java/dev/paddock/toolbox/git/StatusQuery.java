package dev.paddock.toolbox.git;

import dev.paddock.web.ClientVersion;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a repository where it stands. */
final class StatusQuery {
  private final Git git;

  StatusQuery(Git git) {
    this.git = git;
  }

  /**
   * The status. Fields that came after 0.190 are left out for older clients, some of which refuse
   * what they do not know.
   */
  GitStatus answer(Optional<ClientVersion> client) {
    StatusText status =
        StatusText.parse(
            git.run("status", "--porcelain=v2", "--branch", "--untracked-files=all", "-z")
                .fields());
    StatusText.@Nullable Distance distance = distance(status);
    boolean isNew = client.filter(version -> !version.isBefore(0, 191)).isPresent();
    return new GitStatus(
        status.branch(),
        status.files(),
        distance == null ? 0 : distance.ahead(),
        distance == null ? 0 : distance.behind(),
        distance != null,
        isNew ? Optional.of(status.detached()) : Optional.empty(),
        isNew ? Optional.of(Objects.requireNonNullElse(status.upstream(), "")) : Optional.empty());
  }

  /** A branch that was pushed without being set to follow the remote's is published as well. */
  private StatusText.@Nullable Distance distance(StatusText status) {
    if (status.distance() != null || status.detached() || status.upstream() != null) {
      return status.distance();
    }
    String counterpart = "refs/remotes/" + RemoteRoutes.ORIGIN + "/" + status.branch();
    GitOutput counts =
        git.attempt("rev-list", "--count", "--left-right", "HEAD..." + counterpart, "--");
    if (!counts.succeeded()) {
      return null;
    }
    return StatusText.Distance.parse(counts.line(), "\t");
  }
}
