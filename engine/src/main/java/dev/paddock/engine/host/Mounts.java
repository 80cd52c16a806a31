package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Mounts, in the mount namespace of the calling thread. */
public final class Mounts {
  public static final long READ_ONLY = 1;
  public static final long NO_SUID = 2;
  public static final long NO_DEVICES = 4;
  public static final long NO_EXEC = 8;

  private static final long RECURSIVE = 0x4000;
  private static final long SLAVE = 1 << 19;
  private static final int DETACH = 2;
  private static final int NO_FOLLOW = 8;

  private static final long AT_FDCWD = -100;
  private static final long AT_EMPTY_PATH = 0x1000;
  private static final long CLONE_AND_CLOEXEC = 1 | 0x80000;
  private static final long FROM_EMPTY_PATH = 4;
  private static final long ATTRIBUTE_READ_ONLY = 1;
  private static final long ATTRIBUTE_ID_MAP = 0x00100000;
  private static final long ATTRIBUTES_SIZE = 32;

  private static final NativeFunction MOUNT =
      NativeFunction.of("mount", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private static final NativeFunction UMOUNT = NativeFunction.of("umount2", ADDRESS, JAVA_INT);
  private static final NativeFunction OPEN_TREE = NativeFunction.systemCall("open_tree", 428, 3);
  private static final NativeFunction MOVE_MOUNT = NativeFunction.systemCall("move_mount", 429, 5);
  private static final NativeFunction SET_ATTRIBUTES =
      NativeFunction.systemCall("mount_setattr", 442, 5);

  private Mounts() {}

  /**
   * Mounts a new file system.
   *
   * @param options the file system's own options, comma separated
   */
  public static void mount(String type, Path target, long flags, String options)
      throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(type);
      MOUNT.call(name, path(arena, target), name, flags, arena.allocateFrom(options));
    }
  }

  /** Keeps mounts made from now on in this namespace from showing elsewhere. */
  public static void makeRootSlave() throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment root = arena.allocateFrom("/");
      MOUNT.call(root, root, MemorySegment.NULL, SLAVE | RECURSIVE, MemorySegment.NULL);
    }
  }

  /** Takes a mount out of the tree; it goes when its last user does. */
  public static void detach(Path target) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      UMOUNT.call(path(arena, target), DETACH | NO_FOLLOW);
    }
  }

  /** A detached copy of the mount at {@code directory}, seen from there downwards. */
  public static Fd cloneTree(Path directory) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      long address = path(arena, directory).address();
      return new Fd(OPEN_TREE.call(AT_FDCWD, address, CLONE_AND_CLOEXEC));
    }
  }

  /**
   * Maps the ids of a detached mount through a user namespace: an id on disk shows as what the
   * namespace's map makes of it.
   */
  public static void mapIds(Fd mount, Fd userNamespace, boolean readOnly) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_SIZE, 8);
      attributes.set(JAVA_LONG, 0, ATTRIBUTE_ID_MAP | (readOnly ? ATTRIBUTE_READ_ONLY : 0));
      attributes.set(JAVA_LONG, 24, userNamespace.number());
      long empty = arena.allocateFrom("").address();
      SET_ATTRIBUTES.call(
          (long) mount.number(), empty, AT_EMPTY_PATH, attributes.address(), ATTRIBUTES_SIZE);
    }
  }

  /** Attaches a detached mount at {@code target}. */
  public static void attach(Fd mount, Path target) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      long empty = arena.allocateFrom("").address();
      long to = path(arena, target).address();
      MOVE_MOUNT.call((long) mount.number(), empty, AT_FDCWD, to, FROM_EMPTY_PATH);
    }
  }

  private static MemorySegment path(Arena arena, Path path) {
    return arena.allocateFrom(path.toString());
  }
}
