package dev.paddock.engine.launcher;

import dev.paddock.engine.cgroup.GroupLimits;
import dev.paddock.engine.launcher.wire.ControlGroup;
import dev.paddock.engine.launcher.wire.Launch;
import dev.paddock.engine.launcher.wire.Setting;
import dev.paddock.engine.rootfs.IdRange;
import java.nio.file.Path;
import java.util.List;

/**
 * What a cell becomes.
 *
 * @param hostName its name
 * @param layers directories of its image, topmost first, below the data directory
 * @param writable directory with {@code upper} and {@code work}, below the data directory
 * @param ids its id range
 * @param changes of its control groups, one for each parent, or none at all
 */
public record LaunchSpec(
    String hostName, List<Path> layers, Path writable, IdRange ids, List<GroupLimits> changes) {

  Launch written(Path dataDirectory) {
    Launch.Builder launch =
        Launch.newBuilder()
            .setHostName(hostName)
            .setWritable(dataDirectory.relativize(writable).toString())
            .setFirstId(ids.first())
            .addAllControlGroups(written(changes));
    layers.forEach(layer -> launch.addLayers(dataDirectory.relativize(layer).toString()));
    return launch.build();
  }

  static List<ControlGroup> written(List<GroupLimits> groups) {
    return groups.stream().map(LaunchSpec::written).toList();
  }

  private static ControlGroup written(GroupLimits group) {
    ControlGroup.Builder written = ControlGroup.newBuilder().setName(group.name());
    group
        .settings()
        .forEach((file, value) ->
            written.addSettings(Setting.newBuilder().setFile(file).setValue(value)));
    return written.build();
  }
}
