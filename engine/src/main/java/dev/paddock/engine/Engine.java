package dev.paddock.engine;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.cgroup.SandboxUsage;
import dev.paddock.engine.host.HostMemory;
import dev.paddock.engine.image.ImageStore;
import dev.paddock.engine.network.NetworkBlock;
import dev.paddock.engine.sandbox.Sandboxes;
import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import dev.paddock.model.runner.HostCapacity;
import dev.paddock.model.runner.ObservedState;
import dev.paddock.model.runner.Runner;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One host's sandboxes, without a server. Methods block and may be called from any number of
 * threads; work on the same sandbox happens one after the other, work on different ones does not
 * wait. Failures are {@code PaddockException}s.
 */
public final class Engine implements Runner, AutoCloseable {
  private final HostResources host;
  private final NetworkBlock block;
  private final ImageStore images;
  private final Sandboxes sandboxes;

  private Engine(HostResources host) {
    this.host = host;
    this.block = host.block();
    this.images = host.images();
    this.sandboxes = host.sandboxes();
  }

  /**
   * Prepares the host, takes over sandboxes that an earlier server started and clears what it left
   * half done. Needs root. One data directory has one engine at a time.
   *
   * @throws dev.paddock.model.failure.ConflictException when another process has the data directory
   * @throws dev.paddock.model.failure.UnavailableException when the host lacks something
   */
  public static Engine open(EngineConfig config) {
    return Failures.translate(
        "The sandbox host could not be prepared", () -> new Engine(HostResources.open(config)));
  }

  @Override
  public ImageStore images() {
    return images;
  }

  @Override
  public HostCapacity capacity() {
    HostMemory memory =
        Failures.translate("The host's memory could not be measured", HostMemory::read);
    int cpus = Runtime.getRuntime().availableProcessors();
    return new HostCapacity(cpus, memory.totalBytes(), memory.availableBytes());
  }

  @Override
  public void prepare(SandboxSpec spec) {
    Failures.translate(
        "The sandbox could not be prepared", () -> sandboxes.prepare(spec, images::layers));
  }

  @Override
  public void create(SandboxSpec spec) {
    start(spec);
  }

  @Override
  public void start(SandboxSpec spec) {
    Failures.translate(
        "The sandbox could not be started", () -> sandboxes.start(spec, images::layers));
  }

  @Override
  public void stop(SandboxId id, Duration grace) {
    Failures.translate("The sandbox could not be stopped", () -> sandboxes.stop(id, grace));
  }

  @Override
  public void destroy(SandboxId id) {
    Failures.translate("The sandbox could not be removed", () -> sandboxes.destroy(id));
  }

  @Override
  public Map<SandboxId, ObservedState> observe() {
    return Failures.translate("The sandboxes could not be listed", () -> sandboxes.observe());
  }

  @Override
  public void onExit(Consumer<SandboxId> listener) {
    sandboxes.onExit(listener);
  }

  /**
   * The agent of a running sandbox.
   *
   * @throws dev.paddock.model.failure.NotFoundException when this host has no such sandbox
   * @throws dev.paddock.model.failure.ConflictException when it is stopped
   */
  public AgentClient agent(SandboxId id) {
    return sandboxes.agent(id);
  }

  /** Address of a running sandbox, reachable from this host; failures as of {@link #agent}. */
  public InetAddress address(SandboxId id) {
    return block.address(sandboxes.slot(id));
  }

  /** What a running sandbox uses; failures as of {@link #agent}. */
  public SandboxUsage usage(SandboxId id) {
    return Failures.translate("The sandbox could not be measured", () -> sandboxes.usage(id));
  }

  /** Lets go of the host; sandboxes go on, and an engine opened later takes them over. */
  @Override
  public void close() {
    host.close();
  }
}
