package dev.paddock.engine.runtime;

import dev.paddock.engine.host.Fd;
import dev.paddock.engine.rootfs.RootFileSystem;
import dev.paddock.engine.slot.Slot;
import dev.paddock.model.Resources;
import java.nio.file.Path;

/**
 * All that a runtime has to know of one sandbox.
 *
 * @param id its name
 * @param runtime name of the runtime's program
 * @param directory directory of its own for the runtime's files, which exists
 * @param root its files
 * @param slot its ids and network
 * @param resources its limits
 * @param socket listening socket that becomes descriptor 3 of its first process
 */
public record ContainerSpec(
    String id,
    String runtime,
    Path directory,
    RootFileSystem root,
    Slot slot,
    Resources resources,
    Fd socket) {}
