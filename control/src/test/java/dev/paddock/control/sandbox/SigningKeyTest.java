package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.SandboxId;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.ForbiddenException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
  private static TestControl test;

  @BeforeAll
  static void open() {
    test = new TestControl();
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @Test
  void eachSandboxHasOneOfItsOwn() {
    String one = create();
    String other = create();

    assertThat(key(one)).matches("fsk_[0-9a-f]{64}").isEqualTo(key(one)).isNotEqualTo(key(other));
    assertThat(sandboxes().signingKey(new SandboxId(one))).contains(key(one));
  }

  @Test
  void itOutlivesAStopAndTheServer() {
    String id = create();
    String before = key(id);
    sandboxes().stop(test.caller(), id, true);
    test.restart();

    assertThat(key(id)).isEqualTo(before);
  }

  @Test
  void aNewOneReplacesItAtOnceAndForGood() {
    String id = create();
    String first = key(id);

    String second = sandboxes().rotateSigningKey(test.caller(), id);

    assertThat(second).isNotEqualTo(first);
    assertThat(key(id)).isEqualTo(second);
    assertThat(sandboxes().signingKey(new SandboxId(id))).contains(second);
    test.restart();
    assertThat(key(id)).isEqualTo(second);
    assertThat(sandboxes().rotateSigningKey(test.caller(), id)).isNotIn(first, second);
  }

  @Test
  void whoMayNotWriteMayNotHaveIt() {
    String id = create();
    Caller owner = test.caller();
    Caller reader = new Caller(owner.userId(), owner.organizationId(), Set.of());

    assertThatThrownBy(() -> sandboxes().signingKey(reader, id))
        .isInstanceOf(ForbiddenException.class);
    assertThatThrownBy(() -> sandboxes().rotateSigningKey(reader, id))
        .isInstanceOf(ForbiddenException.class);
  }

  private static String key(String id) {
    return sandboxes().signingKey(test.caller(), id);
  }

  private static String create() {
    return sandboxes().create(test.caller(), Requests.plain()).id().value();
  }

  private static Sandboxes sandboxes() {
    return test.control().sandboxes();
  }
}
