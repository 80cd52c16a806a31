package dev.paddock.engine.launcher;

import dev.paddock.engine.cgroup.GroupLimits;
import dev.paddock.engine.launcher.wire.ControlGroup;
import dev.paddock.engine.launcher.wire.Launch;
import dev.paddock.engine.launcher.wire.Setting;
import dev.paddock.engine.rootfs.IdRange;
import java.nio.file.Path;
import java.util.List;

/**
 * One sandbox, as the launcher has to know it.
 *
 * @param hostName its name
 * @param layers directories of its image, topmost first, below the data directory
 * @param writable directory with {@code upper} and {@code work}, below the data directory
 * @param ids its id range
 * @param groups its control groups, one for each parent
 */
public record LaunchSpec(
    String hostName, List<Path> layers, Path writable, IdRange ids, List<GroupLimits> groups) {

  Launch written(Path dataDirectory) {
    Launch.Builder launch =
        Launch.newBuilder()
            .setHostName(hostName)
            .setWritable(dataDirectory.relativize(writable).toString())
            .setFirstId(ids.first())
            .setIds(IdRange.SIZE);
    layers.forEach(layer -> launch.addLayers(dataDirectory.relativize(layer).toString()));
    groups.forEach(group -> launch.addControlGroups(written(group)));
    return launch.build();
  }

  private static ControlGroup written(GroupLimits group) {
    ControlGroup.Builder written =
        ControlGroup.newBuilder().setName(group.name()).setShared(group.isShared());
    group
        .settings()
        .forEach((file, value) ->
            written.addSettings(Setting.newBuilder().setFile(file).setValue(value)));
    return written.build();
  }
}
