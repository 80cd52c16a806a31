package dev.paddock.engine.runtime;

import dev.paddock.engine.cgroup.ControlGroups;
import dev.paddock.engine.cgroup.Processors;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What all sandboxes of the host have in common for a runtime.
 *
 * @param state directory for what runtimes keep
 * @param agent the agent's binary
 * @param sysfs mount point of the shared /sys, in the mount room
 * @param resolverFile the shared /etc/resolv.conf
 * @param limits directory with the files that show a sandbox its own limits; empty where there are
 *     none
 * @param processors the host's processors
 * @param cgroups the control groups
 * @param limitsSwap whether the host can keep a sandbox from swapping
 * @param processesLimit most processes and threads of one sandbox
 * @param openFilesLimit most open files of one process
 */
public record RuntimeHost(
    Path state,
    Path agent,
    Path sysfs,
    Path resolverFile,
    Optional<Path> limits,
    Processors processors,
    ControlGroups cgroups,
    boolean limitsSwap,
    int processesLimit,
    long openFilesLimit) {}
