package dev.paddock.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups in which one sandbox follows another. */
class ControlGroupsTest {
  private static final String NAME = "slot-1";

  @TempDir Path directory;
  private ControlGroups groups;
  private GroupLayout layout;

  @BeforeEach
  void makeGroups() throws IOException {
    groups = ControlGroups.detect("paddock-test-groups");
    layout = groups.layout();
    List<GroupLimits> limits =
        layout.limits(NAME, new Resources(1, 1, 1), 100, layout.processors().choose(0, 1));
    for (int place = 0; place < limits.size(); place++) {
      Path group = Files.createDirectories(layout.parents().get(place).resolve(NAME));
      for (Map.Entry<String, String> setting : limits.get(place).settings().entrySet()) {
        Files.writeString(group.resolve(setting.getKey()), setting.getValue());
      }
    }
  }

  @AfterEach
  void removeGroups() throws IOException {
    groups.remove(NAME);
    for (Path parent : layout.parents()) {
      Files.delete(parent);
    }
    for (Path parent : layout.shared()) {
      Files.delete(parent);
    }
  }

  @Test
  void vacantOnesStayForTheNextHolder() throws Exception {
    List<Object> before = inodes();

    holder("true").waitFor();
    groups.recycle(NAME);

    assertThat(inodes()).isEqualTo(before);
  }

  @Test
  void whatTheLastHolderLeftRunningIsKilled() throws Exception {
    Process left = holder("exec sleep 600");

    groups.recycle(NAME);

    assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(groups.names()).isEmpty();
  }

  @Test
  void onesWithMuchOfTheLastHoldersFilesInMemoryDoNotStay() throws Exception {
    holder("head -c 64M /dev/zero > " + directory.resolve("cached")).waitFor();

    groups.recycle(NAME);

    assertThat(groups.names()).isEmpty();
  }

  @Test
  void onesThatWereNotAllMadeDoNotStay() throws Exception {
    List<Path> parents = layout.parents();
    for (Path parent : parents.subList(1, parents.size())) {
      Files.delete(parent.resolve(NAME));
    }

    groups.recycle(NAME);

    // Version 2 has one, which is all there or not at all.
    assertThat(groups.names().isEmpty()).isEqualTo(parents.size() > 1);
  }

  private Process holder(String command) throws IOException {
    String enter =
        layout.parents().stream()
            .map(parent -> "echo $$ > " + parent.resolve(NAME).resolve("cgroup.procs") + " && ")
            .collect(Collectors.joining());
    Process process = new ProcessBuilder("sh", "-c", enter + "echo in && " + command).start();
    assertThat(process.inputReader().readLine()).isEqualTo("in");
    return process;
  }

  private List<Object> inodes() throws IOException {
    List<Object> inodes = new ArrayList<>();
    for (Path parent : layout.parents()) {
      inodes.add(Files.getAttribute(parent.resolve(NAME), "unix:ino"));
    }
    return inodes;
  }
}
