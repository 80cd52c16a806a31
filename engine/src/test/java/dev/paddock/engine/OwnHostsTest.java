package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sandbox knows its own name, and has the /etc of its image otherwise. */
@Tag("runtime")
class OwnHostsTest {
  private static final String IMAGE = "localhost/own-hosts:test";
  private static final String LOCALHOST =
      "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";

  private static Engine engine;
  private final SandboxId id = SandboxId.random();

  @BeforeAll
  static void open() {
    engine = TestHost.engine();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @AfterEach
  void destroy() {
    engine.destroy(id);
    if (engine.images().find(IMAGE).isPresent()) {
      engine.images().remove(IMAGE);
    }
  }

  @Test
  void anImageWithoutHostsGetsLocalhostAndTheSandboxsName() {
    engine.create(TestHost.spec(id));

    assertThat(Shell.run(engine, id, "cat /etc/hosts")).isEqualTo(LOCALHOST + ownName());
    assertThat(Shell.run(engine, id, "stat -c '%a %u %g' /etc /etc/hosts"))
        .isEqualTo("755 0 0\n644 0 0\n");
    assertThat(Shell.run(engine, id, "ls /etc")).contains("passwd", "group");
  }

  @Test
  void theNameIsThereOnceAfterAStopAndAStart() {
    engine.create(TestHost.spec(id));
    engine.stop(id, Duration.ZERO);
    engine.create(TestHost.spec(id));

    assertThat(Shell.run(engine, id, "cat /etc/hosts")).isEqualTo(LOCALHOST + ownName());
  }

  @Test
  void anImagesOwnHostsStay() throws IOException {
    build("COPY hosts /etc/hosts");

    engine.create(spec());

    assertThat(Shell.run(engine, id, "cat /etc/hosts"))
        .isEqualTo("10.0.0.1 database\n" + ownName());
  }

  @Test
  void theRightsOfAnImagesDirectoryStay() throws IOException {
    build("RUN chmod 750 /etc");

    engine.create(spec());

    assertThat(Shell.run(engine, id, "stat -c '%a %u %g' /etc")).isEqualTo("750 0 0\n");
    assertThat(Shell.run(engine, id, "cat /etc/hosts")).isEqualTo(LOCALHOST + ownName());
  }

  private String ownName() {
    return "127.0.1.1\t" + id + "\n";
  }

  private SandboxSpec spec() {
    SandboxSpec usual = TestHost.spec(id);
    return new SandboxSpec(
        id,
        IMAGE,
        usual.user(),
        usual.env(),
        usual.entrypoint(),
        usual.resources(),
        usual.runtime());
  }

  private static void build(String step) throws IOException {
    Path context = Files.createTempDirectory("paddock-own-hosts");
    try {
      Files.writeString(context.resolve("hosts"), "10.0.0.1 database\n");
      String dockerfile = "FROM " + TestHost.IMAGE + "\n" + step + "\n";
      engine.images().build(dockerfile, context, IMAGE, line -> {});
    } finally {
      TreeRemoval.remove(context);
    }
  }
}
