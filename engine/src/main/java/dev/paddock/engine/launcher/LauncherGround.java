package dev.paddock.engine.launcher;

import dev.paddock.engine.cgroup.GroupLayout;
import java.nio.file.Path;

/**
 * What a launcher works with.
 *
 * @param program its binary
 * @param dataDirectory what all layers and writable directories are below
 * @param room empty directory of the launcher's own
 * @param agent the agent's binary
 * @param resolverFile the shared /etc/resolv.conf
 * @param groups where the control groups are
 * @param openFiles most open files of one process
 */
public record LauncherGround(
    Path program,
    Path dataDirectory,
    Path room,
    Path agent,
    Path resolverFile,
    GroupLayout groups,
    long openFiles) {}
