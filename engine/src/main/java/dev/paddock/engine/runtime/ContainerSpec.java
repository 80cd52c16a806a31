package dev.paddock.engine.runtime;

import dev.paddock.engine.agent.AgentConfiguration;
import dev.paddock.engine.rootfs.RootFileSystem;
import dev.paddock.model.Resources;
import java.nio.file.Path;

/**
 * All that a runtime has to know of one sandbox.
 *
 * @param id its name
 * @param runtime name of the runtime's program
 * @param directory directory of its own for the runtime's files, which exists
 * @param root its files
 * @param resources its limits
 * @param configuration what its agent is told
 */
public record ContainerSpec(
    String id,
    String runtime,
    Path directory,
    RootFileSystem root,
    Resources resources,
    AgentConfiguration configuration) {}
