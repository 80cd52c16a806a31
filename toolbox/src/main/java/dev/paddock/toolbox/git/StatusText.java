package dev.paddock.toolbox.git;

import dev.paddock.model.failure.InvalidException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code git status --porcelain=v2 --branch -z} writes.
 *
 * <p>Each entry is a line of fields that blanks separate, of which the last one is a path and may
 * hold blanks itself; a moved file's former path follows as an entry of its own.
 */
final class StatusText {
  private static final String DETACHED = "(detached)";
  private static final String UNMERGED = "Updated but unmerged";

  /** Fields before the path. */
  private static final int OF_CHANGE = 8;

  private static final int OF_MOVE = 9;
  private static final int OF_CONFLICT = 10;

  private String head = DETACHED;
  private @Nullable String upstream;
  private @Nullable Distance distance;
  private final List<FileStatus> files = new ArrayList<>();

  /** How far a branch and its counterpart are apart. */
  record Distance(int ahead, int behind) {
    private static final Pattern COUNT = Pattern.compile("[+-]?\\d{1,9}");

    /**
     * Reads two counts.
     *
     * @throws InvalidException when they are none
     */
    static Distance parse(String text, String separator) {
      String[] counts = text.split(separator, 3);
      if (counts.length != 2
          || !COUNT.matcher(counts[0]).matches()
          || !COUNT.matcher(counts[1]).matches()) {
        throw unreadable();
      }
      return new Distance(
          Math.abs(Integer.parseInt(counts[0])), Math.abs(Integer.parseInt(counts[1])));
    }
  }

  /**
   * Reads the entries.
   *
   * @throws InvalidException when git does not write such
   */
  static StatusText parse(List<String> entries) {
    StatusText status = new StatusText();
    Iterator<String> rest = entries.iterator();
    while (rest.hasNext()) {
      status.read(rest.next(), rest);
    }
    return status;
  }

  /** The branch, which may have no commit yet; {@code HEAD} on none. */
  String branch() {
    return detached() ? "HEAD" : head;
  }

  boolean detached() {
    return head.equals(DETACHED);
  }

  /** What the branch is set to follow, whether it exists or not. */
  @Nullable String upstream() {
    return upstream;
  }

  /** The distance to the upstream; null when it does not exist. */
  @Nullable Distance distance() {
    return distance;
  }

  List<FileStatus> files() {
    return files;
  }

  private void read(String entry, Iterator<String> rest) {
    switch (entry.isEmpty() ? 0 : entry.charAt(0)) {
      case '#' -> readHeader(entry);
      case '1' -> addChange(entry, OF_CHANGE, "");
      case '2' -> {
        if (!rest.hasNext()) {
          throw unreadable();
        }
        addChange(entry, OF_MOVE, rest.next());
      }
      case 'u' -> files.add(new FileStatus(path(entry, OF_CONFLICT), "", UNMERGED, UNMERGED));
      case '?' -> files.add(new FileStatus(path(entry, 1), "", "Untracked", "Untracked"));
      default -> {
        // Later versions of git may tell more, and say that it can be passed over.
      }
    }
  }

  private void readHeader(String entry) {
    String[] parts = entry.split(" ", 3);
    if (parts.length < 3) {
      throw unreadable();
    }
    switch (parts[1]) {
      case "branch.head" -> head = parts[2];
      case "branch.upstream" -> upstream = parts[2];
      case "branch.ab" -> distance = Distance.parse(parts[2], " ");
      default -> {
        // The commit is of no use here.
      }
    }
  }

  private void addChange(String entry, int fieldsBefore, String extra) {
    String path = path(entry, fieldsBefore);
    String letters = entry.substring(2, entry.indexOf(' ', 2));
    if (letters.length() != 2) {
      throw unreadable();
    }
    files.add(new FileStatus(path, extra, word(letters.charAt(0)), word(letters.charAt(1))));
  }

  private static String path(String entry, int fieldsBefore) {
    String[] fields = entry.split(" ", fieldsBefore + 1);
    if (fields.length <= fieldsBefore || fields[0].length() != 1) {
      throw unreadable();
    }
    return fields[fieldsBefore];
  }

  private static InvalidException unreadable() {
    return GitOutput.unreadable("status");
  }

  private static String word(char letter) {
    return switch (letter) {
      case 'M', 'T' -> "Modified";
      case 'A' -> "Added";
      case 'D' -> "Deleted";
      case 'R' -> "Renamed";
      case 'C' -> "Copied";
      case 'U' -> UNMERGED;
      default -> "Unmodified";
    };
  }
}
