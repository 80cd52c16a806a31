package dev.paddock.engine.sandbox;

import dev.paddock.engine.host.SpreadDirectory;
import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.engine.image.RootLayers;
import dev.paddock.engine.rootfs.BlankDirectories;
import dev.paddock.engine.runtime.NativeRuntime;
import dev.paddock.model.SandboxId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Where sandboxes are on disk: {@code data/sandboxes/ID} lasts as long as the sandbox, {@code
 * run/sandboxes/ID} from a start to the end. What is to be deleted is moved to {@code data/trash}
 * first, so that a sandbox of any size goes in one step.
 */
public final class SandboxDirectories {
  private static final String IMAGE = "image";
  private static final String RUNTIME = "runtime";

  private final Path files;
  private final Path trash;
  private final Path runs;
  private final BlankDirectories blanks;

  private SandboxDirectories(Path files, Path trash, Path runs, BlankDirectories blanks) {
    this.files = files;
    this.trash = trash;
    this.runs = runs;
    this.blanks = blanks;
  }

  /**
   * Makes the directories. Nobody but root gets at the files: a set-user-id program in a sandbox is
   * one on this disk too. The runs can be walked through, not listed, because the runtime reaches
   * the root file system with the sandbox's ids.
   *
   * @param blanks what the directories of new sandboxes are made from
   */
  public static SandboxDirectories open(Path dataDir, Path runDir, BlankDirectories blanks)
      throws IOException {
    Path runs = SpreadDirectory.make(runDir.resolve("sandboxes"));
    Path files = SpreadDirectory.make(dataDir.resolve("sandboxes"));
    Path trash = Files.createDirectories(dataDir.resolve("trash"));
    allow(runDir, "rwx--x--x");
    allow(runs, "rwx--x--x");
    allow(files, "rwx------");
    allow(trash, "rwx------");
    return new SandboxDirectories(files, trash, runs, blanks);
  }

  private static void allow(Path directory, String permissions) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
  }

  /** The writable part of its root file system. */
  Path writable(SandboxId id) {
    return BlankDirectories.writable(files.resolve(id.value()));
  }

  boolean hasFiles(SandboxId id) {
    return Files.isDirectory(files.resolve(id.value()));
  }

  /** Directory of the present run. */
  Path run(SandboxId id) {
    return runs.resolve(id.value());
  }

  /** Makes the directory of a run, which names its runtime unless that is Paddock's own. */
  Path beginRun(SandboxId id, String runtime) throws IOException {
    Path run = Files.createDirectory(run(id));
    if (!runtime.equals(NativeRuntime.NAME)) {
      Files.writeString(run.resolve(RUNTIME), runtime);
    }
    return run;
  }

  /** Runtime of the present run. */
  String runtime(SandboxId id) throws IOException {
    return read(run(id).resolve(RUNTIME)).orElse(NativeRuntime.NAME);
  }

  /** Makes the directory of a new sandbox, whose files will stand on this image. */
  void create(SandboxId id, RootLayers image) throws IOException {
    Path directory = files.resolve(id.value());
    blanks.give(directory, image.takesOwnHosts());
    finish(id, image);
  }

  /** Does the rest where {@link #create} was cut off. */
  void finish(SandboxId id, RootLayers image) throws IOException {
    // A link that leads nowhere: it is made whole, in one step.
    Files.createSymbolicLink(files.resolve(id.value()).resolve(IMAGE), Path.of(image.image().id()));
  }

  /** Id of the image that the files stand on; empty where it was not made to the end. */
  Optional<String> image(SandboxId id) throws IOException {
    try {
      Path link = Files.readSymbolicLink(files.resolve(id.value()).resolve(IMAGE));
      return Optional.of(link.toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether some sandbox's files stand on the image. */
  public boolean usesImage(String image) throws IOException {
    for (SandboxId id : withFiles()) {
      if (image(id).filter(image::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  Set<SandboxId> withFiles() throws IOException {
    return ids(files);
  }

  Set<SandboxId> withRun() throws IOException {
    return ids(runs);
  }

  /** Takes the files away at once; {@link #emptyTrash} frees their space. */
  void discardFiles(SandboxId id) throws IOException {
    Path from = files.resolve(id.value());
    Path to = trash.resolve(id + "." + UUID.randomUUID());
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
  }

  /** Deletes what was discarded. Takes as long as the files are many. */
  void emptyTrash() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(trash)) {
      for (Path entry : entries) {
        TreeRemoval.removeHostile(entry);
      }
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file)).filter(text -> !text.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Set<SandboxId> ids(Path directory) throws IOException {
    Set<SandboxId> found = new TreeSet<>(Comparator.comparing(SandboxId::value));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (SandboxId.isValid(name)) {
          found.add(new SandboxId(name));
        }
      }
    }
    return found;
  }
}
