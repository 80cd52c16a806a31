package dev.paddock.engine.host;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes directories with all that is in them. Links are removed, never followed. */
public final class TreeRemoval {
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final int FEW = 100;
  private static final int SHALLOW = 20;

  private TreeRemoval() {}

  /** Removes a small tree that the host itself wrote. An absent one is fine. */
  public static void remove(Path tree) throws IOException {
    try {
      Files.walkFileTree(tree, new Remover());
    } catch (NoSuchFileException e) {
      return;
    }
  }

  /**
   * Removes a tree that a sandbox wrote: it may be of any size, and deeper than a path can name,
   * which is then the work of a program. Does not leave the tree's file system.
   */
  public static void removeHostile(Path tree) throws IOException {
    try {
      Files.walkFileTree(tree, EnumSet.noneOf(FileVisitOption.class), SHALLOW, new FewRemover());
      return;
    } catch (NoSuchFileException e) {
      return;
    } catch (FileSystemException e) {
      // Not few, not shallow, or odd in another way.
    }
    HostCommand.run(List.of("rm", "-rf", "--one-file-system", "--", tree.toString()), "", LONGEST);
  }

  /** Gives up where there is much to remove. */
  private static final class FewRemover extends Remover {
    private int left = FEW;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      left--;
      if (left < 0) {
        throw new FileSystemException(file.toString(), null, "one of many");
      }
      return super.visitFile(file, attributes);
    }
  }

  private static class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
