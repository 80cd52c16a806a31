package dev.paddock.engine.launcher;

import dev.paddock.engine.cgroup.GroupLayout;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a launcher works with.
 *
 * @param program its binary
 * @param dataDirectory what all layers and writable directories are below
 * @param room empty directory of the launcher's own
 * @param agent the agent's binary
 * @param resolverFile the shared /etc/resolv.conf
 * @param limits directory with the files that show a sandbox its own limits; empty where there are
 *     none
 * @param groups where the control groups are
 * @param openFiles most open files of one process
 */
public record LauncherGround(
    Path program,
    Path dataDirectory,
    Path room,
    Path agent,
    Path resolverFile,
    Optional<Path> limits,
    GroupLayout groups,
    long openFiles) {}
