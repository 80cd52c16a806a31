package dev.paddock.control.config;

import dev.paddock.control.admission.AdmissionLimits;
import dev.paddock.control.store.DatabaseConfig;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the control plane needs to know.
 *
 * @param database where its rows are
 * @param stateDir its own directory, made on demand with mode 0700: the key that seals secrets, the
 *     id of the database that it belongs to, build logs
 * @param addresses where clients reach this installation
 * @param defaults what applies when callers say nothing
 * @param admission how much the host takes on
 * @param warmPools sizes of the warm pools to set at the start, by name of snapshot
 */
public record ControlConfig(
    DatabaseConfig database,
    Path stateDir,
    PublicAddresses addresses,
    Defaults defaults,
    AdmissionLimits admission,
    Map<String, Integer> warmPools) {
  public ControlConfig {
    warmPools = Map.copyOf(warmPools);
  }
}
