package dev.paddock.toolbox.interpreter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One output stream of a context, of which what lies between two marks belongs to a run. What comes
 * before is of an earlier run. Holds back at most a mark. Not thread-safe.
 */
final class RunStream {
  /** Longest text in a mark, in bytes. */
  private static final int MOST_TEXT = 1 << 20;

  private final byte[] begin;
  private final byte[] end;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private State state = State.BEFORE;
  private byte[] held = new byte[0];
  private @Nullable String ending;

  private enum State {
    BEFORE,
    WITHIN,
    ENDING,
    AFTER
  }

  /**
   * @param run the run's name in the marks
   */
  RunStream(String run) {
    this.begin = ("\u001e" + run + " begin {}\n").getBytes(StandardCharsets.US_ASCII);
    this.end = ("\u001e" + run + " end ").getBytes(StandardCharsets.US_ASCII);
  }

  /** Takes more of the stream and answers what of it belongs to the run. */
  byte[] take(byte[] data) {
    byte[] all = ByteBuffer.allocate(held.length + data.length).put(held).put(data).array();
    held = new byte[0];
    return switch (state) {
      case BEFORE -> before(all);
      case WITHIN -> within(all);
      case ENDING -> ending(all);
      case AFTER -> new byte[0];
    };
  }

  boolean hasBegun() {
    return state != State.BEFORE;
  }

  /** What the mark at the end says, once it is there. */
  Optional<String> end() {
    return Optional.ofNullable(ending);
  }

  private byte[] before(byte[] all) {
    int place = find(begin, all);
    if (place < 0) {
      held = Arrays.copyOfRange(all, all.length - beginningAtTheEnd(begin, all), all.length);
      return new byte[0];
    }
    state = State.WITHIN;
    return within(Arrays.copyOfRange(all, place + begin.length, all.length));
  }

  private byte[] within(byte[] all) {
    int place = find(end, all);
    if (place < 0) {
      int kept = beginningAtTheEnd(end, all);
      held = Arrays.copyOfRange(all, all.length - kept, all.length);
      return Arrays.copyOf(all, all.length - kept);
    }
    state = State.ENDING;
    ending(Arrays.copyOfRange(all, place + end.length, all.length));
    return Arrays.copyOf(all, place);
  }

  private byte[] ending(byte[] all) {
    int length = 0;
    while (length < all.length && all[length] != '\n') {
      length++;
    }
    text.write(all, 0, length);
    if (length < all.length || text.size() > MOST_TEXT) {
      state = State.AFTER;
      ending = text.toString(StandardCharsets.UTF_8);
    }
    return new byte[0];
  }

  private static int find(byte[] mark, byte[] all) {
    for (int place = 0; place + mark.length <= all.length; place++) {
      if (all[place] == mark[0]
          && Arrays.equals(all, place, place + mark.length, mark, 0, mark.length)) {
        return place;
      }
    }
    return -1;
  }

  /** How many of the last bytes are the beginning of a mark. */
  private static int beginningAtTheEnd(byte[] mark, byte[] all) {
    for (int length = Math.min(mark.length - 1, all.length); length > 0; length--) {
      if (Arrays.equals(all, all.length - length, all.length, mark, 0, length)) {
        return length;
      }
    }
    return 0;
  }
}
