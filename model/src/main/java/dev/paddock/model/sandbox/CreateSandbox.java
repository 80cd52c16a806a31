package dev.paddock.model.sandbox;

import dev.paddock.model.snapshot.BuildRequest;
import dev.paddock.model.snapshot.ResourceRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The request for a sandbox, unchecked.
 *
 * @param name display name; absent means the id
 * @param snapshot id or name of the snapshot; absent means the default one, unless {@code build}
 * @param build a Dockerfile instead of a snapshot
 * @param user whom commands run as; absent means the image's own
 * @param env variables added to the image's
 * @param labels free words
 * @param resources sizes; only with {@code build}
 * @param isPublic previews without credentials
 * @param network what it may reach
 * @param autoStop minutes, see {@link AutoIntervals#stop()}
 * @param autoArchive minutes, see {@link AutoIntervals#archive()}; 0 means the longest
 * @param autoDelete minutes, see {@link AutoIntervals#delete()}
 * @param target id of the region; absent means the default one
 * @param runtime name of what starts it; absent means the snapshot's, else the default one
 * @param unsupported names of requested features that are refused: volumes, linkedSandbox
 */
public record CreateSandbox(
    Optional<String> name,
    Optional<String> snapshot,
    Optional<BuildRequest> build,
    Optional<String> user,
    Map<String, String> env,
    Map<String, String> labels,
    ResourceRequest resources,
    boolean isPublic,
    NetworkSettings network,
    OptionalInt autoStop,
    OptionalInt autoArchive,
    OptionalInt autoDelete,
    Optional<String> target,
    Optional<String> runtime,
    Set<String> unsupported) {}
