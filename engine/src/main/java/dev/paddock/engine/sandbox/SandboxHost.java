package dev.paddock.engine.sandbox;

import dev.paddock.engine.cgroup.ControlGroups;
import dev.paddock.engine.runtime.SandboxRuntime;
import dev.paddock.engine.slot.AgentSockets;
import dev.paddock.engine.slot.SlotClearance;
import dev.paddock.engine.slot.SlotPool;
import java.nio.file.Path;

/**
 * What the sandboxes of one engine share.
 *
 * @param directories where they are on disk
 * @param skeleton layer below those of every image
 * @param slots their ids and networks
 * @param sockets where their agents listen
 * @param clearance what gives slots back
 * @param cgroups their control groups
 * @param runtime what starts them
 * @param defaultRuntime runtime of those that name none
 * @param watcher what notices their ends
 */
public record SandboxHost(
    SandboxDirectories directories,
    Path skeleton,
    SlotPool slots,
    AgentSockets sockets,
    SlotClearance clearance,
    ControlGroups cgroups,
    SandboxRuntime runtime,
    String defaultRuntime,
    ExitWatcher watcher) {}
