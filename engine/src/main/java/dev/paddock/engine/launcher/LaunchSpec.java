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
 * @param id its name, also that of its control groups
 * @param layers directories of its image, topmost first, below the data directory
 * @param writable directory with {@code upper} and {@code work}, below the data directory
 * @param ids its id range
 * @param limits what its control groups are set to, one for each parent
 */
public record LaunchSpec(
    String id, List<Path> layers, Path writable, IdRange ids, List<GroupLimits> limits) {

  Launch written(Path dataDirectory) {
    Launch.Builder launch =
        Launch.newBuilder()
            .setHostName(id)
            .setWritable(dataDirectory.relativize(writable).toString())
            .setFirstId(ids.first())
            .setIds(IdRange.SIZE);
    layers.forEach(layer -> launch.addLayers(dataDirectory.relativize(layer).toString()));
    limits.forEach(group -> launch.addControlGroups(written(group)));
    return launch.build();
  }

  private ControlGroup written(GroupLimits group) {
    ControlGroup.Builder written = ControlGroup.newBuilder().setName(id);
    group
        .settings()
        .forEach((file, value) ->
            written.addSettings(Setting.newBuilder().setFile(file).setValue(value)));
    return written.build();
  }
}
