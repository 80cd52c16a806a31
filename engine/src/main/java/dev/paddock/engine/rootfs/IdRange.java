package dev.paddock.engine.rootfs;

import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The host's user and group ids that ids 0 to 65535 of one sandbox stand for.
 *
 * @param first the host's id for 0
 */
public record IdRange(int first) {
  /** Ids in a range. */
  public static final int SIZE = 65536;

  /**
   * Lowest id handed out. Subordinate ids (from 100000), dynamic users of systemd (61184 to 65519)
   * and people are below; the end of the last range is below 2^31 - 1, which the kernel's
   * ping_group_range and many programs take for the largest id.
   */
  private static final int FIRST = 0x1000_0000;

  /** A range that no other slot of any block has. */
  public static IdRange of(int block, int slot) {
    return new IdRange(FIRST + ((block << 11) + slot) * SIZE);
  }

  /**
   * A user namespace that holds the map for id-mapped mounts, off the hot path: it takes a process
   * to make one, which has ended when this returns. The id after the last also stands for the
   * host's root, who mounts the overlay and has to own what the kernel makes in its work directory.
   */
  public Fd openMap() throws IOException {
    Process holder = new ProcessBuilder("unshare", "--user", "--", "cat").start();
    try {
      holder.getOutputStream().write('\n');
      holder.getOutputStream().flush();
      if (holder.getInputStream().read() != '\n') {
        throw new IOException("The host does not allow user namespaces");
      }
      String map = "0 " + first + " " + SIZE + "\n" + SIZE + " 0 1\n";
      Path process = Path.of("/proc/" + holder.pid());
      Files.writeString(process.resolve("uid_map"), map);
      Files.writeString(process.resolve("gid_map"), map);
      return Namespaces.userOf(holder.pid());
    } finally {
      end(holder);
    }
  }

  private static void end(Process holder) {
    try {
      holder.getOutputStream().close();
      if (!holder.waitFor(5, TimeUnit.SECONDS)) {
        holder.destroyForcibly();
      }
    } catch (InterruptedException e) {
      holder.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      holder.destroyForcibly();
      throw new UncheckedIOException(e);
    }
  }
}
