package dev.paddock.engine.runtime;

import java.io.IOException;

/** Paddock's own runtime by its name, and OCI runtimes by theirs. */
public final class Runtimes implements SandboxRuntime {
  private final NativeRuntime ours;
  private final OciRuntime others;

  public Runtimes(NativeRuntime ours, OciRuntime others) {
    this.ours = ours;
    this.others = others;
  }

  @Override
  public Started start(ContainerSpec spec) throws IOException {
    return named(spec.runtime()).start(spec);
  }

  @Override
  public void forget(String id, String runtime) throws IOException {
    named(runtime).forget(id, runtime);
  }

  @Override
  public void abort(String id) throws IOException {
    others.abort(id);
  }

  private SandboxRuntime named(String runtime) {
    return runtime.equals(NativeRuntime.NAME) ? ours : others;
  }
}
