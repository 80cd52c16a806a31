package dev.paddock.server.doctor;

import dev.paddock.server.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/** Checks whether this host can run sandboxes. Reads only; takes well under a second. */
public final class Doctor {
  private final ServerConfig config;

  public Doctor(ServerConfig config) {
    this.config = config;
  }

  /** What decides whether the server can start at all, without the ports. */
  public List<Finding> host() {
    List<Finding> findings = new ArrayList<>();
    findings.add(KernelChecks.root());
    findings.add(KernelChecks.version());
    findings.add(KernelChecks.userNamespaces());
    findings.add(KernelChecks.overlay());
    findings.add(KernelChecks.cgroups(config.runtimes()));
    findings.add(KernelChecks.forwarding());
    findings.addAll(PackageChecks.all(config.runtimes()));
    findings.add(InstallationChecks.agent(config.installation()));
    findings.add(InstallationChecks.launcher(config.installation()));
    findings.add(InstallationChecks.disk(config.dataDir()));
    return findings;
  }

  /** The host and the ports; a port is fine when this data directory's own server holds it. */
  public List<Finding> all(boolean ownServerRuns) {
    List<Finding> findings = new ArrayList<>(host());
    findings.add(PortChecks.free("API port", config.host(), config.apiPort(), ownServerRuns));
    findings.add(PortChecks.free("proxy port", config.host(), config.proxyPort(), ownServerRuns));
    return findings;
  }
}
