package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.nio.file.Path;

/**
 * Namespaces of the calling thread. Only for platform threads of our own: a virtual thread would
 * change its carrier.
 */
public final class Namespaces {
  private static final int NEW_MOUNT = 0x00020000;
  private static final int NEW_NETWORK = 0x40000000;
  private static final int FILE_SYSTEM = 0x00000200;

  private static final NativeFunction UNSHARE = NativeFunction.of("unshare", JAVA_INT);
  private static final NativeFunction SETNS = NativeFunction.of("setns", JAVA_INT, JAVA_INT);

  private Namespaces() {}

  /** Gives this thread a mount namespace of its own, a copy of the one it was in. */
  public static void newMountNamespace() throws ErrnoException {
    UNSHARE.call(NEW_MOUNT);
  }

  /** Gives this thread an empty network namespace, owned by the current user namespace. */
  public static void newNetworkNamespace() throws ErrnoException {
    UNSHARE.call(NEW_NETWORK);
  }

  /** The mount namespace that this thread is in. */
  public static Fd currentMount() throws ErrnoException {
    return Fd.open(Path.of("/proc/thread-self/ns/mnt"), Fd.READ_ONLY);
  }

  /** The network namespace that this thread is in. */
  public static Fd currentNetwork() throws ErrnoException {
    return Fd.open(Path.of("/proc/thread-self/ns/net"), Fd.READ_ONLY);
  }

  /** Moves this thread into a mount namespace. */
  public static void enterMount(Fd namespace) throws ErrnoException {
    UNSHARE.call(FILE_SYSTEM);
    SETNS.call(namespace.number(), NEW_MOUNT);
  }

  /** Moves this thread into a network namespace. */
  public static void enterNetwork(Fd namespace) throws ErrnoException {
    SETNS.call(namespace.number(), NEW_NETWORK);
  }
}
