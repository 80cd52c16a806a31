package dev.paddock.engine.sandbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConfiguration;
import dev.paddock.engine.host.Tasks;
import dev.paddock.model.ImageInfo;
import dev.paddock.model.SandboxSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** The first words with an agent: is it there, and what it has to know. */
final class FirstContact {
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(60);
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final FutureTask<?> conversation;

  private FirstContact(FutureTask<?> conversation) {
    this.conversation = conversation;
  }

  /**
   * Begins at once, on a thread of its own. It fails as soon as nobody holds the socket any more.
   */
  static FirstContact make(Path socket, SandboxSpec spec, ImageInfo image) {
    AgentClient agent = new AgentClient(socket);
    AgentConfiguration configuration = configuration(spec, image);
    return begin(() -> {
      agent.hello(FIRST_ANSWER);
      return agent.configure(configuration);
    });
  }

  /** The same without what is known only when somebody claims the sandbox. */
  static FirstContact greet(Path socket) {
    return begin(() -> new AgentClient(socket).hello(FIRST_ANSWER));
  }

  /** Tells an agent that was greeted what it still has to know; returns when it takes commands. */
  static void complete(Path socket, SandboxSpec spec, ImageInfo image) {
    new AgentClient(socket).configure(configuration(spec, image));
  }

  private static FirstContact begin(Callable<?> words) {
    FutureTask<?> conversation = new FutureTask<>(words);
    Thread.startVirtualThread(conversation);
    return new FirstContact(conversation);
  }

  /** Returns when the agent takes commands, or fails as the conversation did. */
  void await() throws IOException {
    Tasks.await(conversation);
  }

  private static AgentConfiguration configuration(SandboxSpec spec, ImageInfo image) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", DEFAULT_PATH);
    environment.putAll(image.env());
    environment.putAll(spec.env());
    return new AgentConfiguration(
        environment,
        spec.user().isEmpty() ? image.user() : spec.user(),
        image.workDir(),
        spec.id().value(),
        spec.entrypoint().isEmpty() ? image.entrypoint() : spec.entrypoint());
  }
}
