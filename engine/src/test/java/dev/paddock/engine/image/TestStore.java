package dev.paddock.engine.image;

import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.model.ImageInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An image store of a test's own, with a build context that holds busybox. */
final class TestStore implements AutoCloseable {
  final ImageSettings settings;
  final Path root;
  final Path context;
  final ImageStore store;
  final Set<String> inUse = ConcurrentHashMap.newKeySet();

  TestStore(ImageSettings settings) {
    this.settings = settings;
    try {
      this.root = Files.createTempDirectory("paddock-images");
      this.context = Files.createDirectories(root.resolve("context"));
      Files.copy(
          Path.of("/bin/busybox"), context.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    this.store = open();
  }

  /** The store as another start of the server would open it. */
  ImageStore open() {
    return new ImageStore(data(), root.resolve("run"), inUse::contains, settings);
  }

  Path data() {
    return root.resolve("data");
  }

  /** Builds from scratch with busybox as the shell. */
  ImageInfo build(String reference, String more) {
    String dockerfile =
        """
        FROM scratch
        COPY busybox /bin/busybox
        SHELL ["/bin/busybox", "sh", "-c"]
        """;
    return store.build(dockerfile + more, context, reference, line -> {});
  }

  /** Runs a container tool on the store. */
  void run(String... command) throws Exception {
    StoreDirectories directories = StoreDirectories.open(data(), root.resolve("run"), settings);
    new ContainerTools(directories)
        .run(List.of(command), settings.pullLimit(), "Preparing a test", line -> {});
  }

  @Override
  public void close() throws IOException {
    TreeRemoval.removeHostile(root);
  }
}
