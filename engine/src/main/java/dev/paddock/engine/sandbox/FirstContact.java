package dev.paddock.engine.sandbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConfiguration;
import dev.paddock.engine.agent.Command;
import dev.paddock.engine.agent.ExecOptions;
import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.ImageInfo;
import dev.paddock.model.SandboxSpec;
import dev.paddock.model.failure.PaddockException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an agent is told first. */
final class FirstContact {
  private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Longer than any shell takes to do nothing. */
  private static final Duration REHEARSAL = Duration.ofSeconds(5);

  private FirstContact() {}

  /** Tells an agent what it has to know; returns when it takes commands. */
  static void configure(AgentClient agent, SandboxSpec spec, ImageInfo image) {
    agent.configure(configuration(spec, image));
  }

  /**
   * Has a shell do nothing. The kernel and the agent are slower with what they do for the first
   * time, so the first command of whoever gets the sandbox is as fast as later ones.
   */
  static void rehearse(AgentClient agent) {
    ExecOptions options = new ExecOptions(REHEARSAL, false, true);
    try (Execution execution = agent.exec(Command.shell(":"), options)) {
      OutputEvent event;
      do {
        event = execution.next();
      } while (!(event instanceof OutputEvent.Exited));
    } catch (PaddockException withoutShell) {
      LOG.debug("A warm sandbox could not rehearse a command", withoutShell);
    }
  }

  /** What an agent has to know before it is known whose it will be. */
  static AgentConfiguration preparation(SandboxSpec spec, ImageInfo image) {
    return configuration(spec, image, List.of());
  }

  /** What an agent has to know. */
  static AgentConfiguration configuration(SandboxSpec spec, ImageInfo image) {
    return configuration(
        spec, image, spec.entrypoint().isEmpty() ? image.entrypoint() : spec.entrypoint());
  }

  private static AgentConfiguration configuration(
      SandboxSpec spec, ImageInfo image, List<String> entrypoint) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", DEFAULT_PATH);
    environment.putAll(image.env());
    environment.putAll(spec.env());
    return new AgentConfiguration(
        environment,
        spec.user().isEmpty() ? image.user() : spec.user(),
        image.workDir(),
        spec.id().value(),
        entrypoint);
  }
}
