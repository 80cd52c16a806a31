package dev.paddock.engine.sandbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConfiguration;
import dev.paddock.model.ImageInfo;
import dev.paddock.model.SandboxSpec;
import java.util.HashMap;
import java.util.Map;

/** What an agent is told first. */
final class FirstContact {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private FirstContact() {}

  /** Tells an agent what it has to know; returns when it takes commands. */
  static void configure(AgentClient agent, SandboxSpec spec, ImageInfo image) {
    agent.configure(configuration(spec, image));
  }

  /** What an agent has to know. */
  static AgentConfiguration configuration(SandboxSpec spec, ImageInfo image) {
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
