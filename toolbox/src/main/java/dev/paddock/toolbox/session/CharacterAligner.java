package dev.paddock.toolbox.session;

import dev.paddock.engine.agent.OutputEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moves the borders of chunks so that none falls into the middle of a UTF-8 character.
 *
 * <p>Older clients decode each chunk by itself and would show the two halves as garbage. At most
 * three bytes of each stream wait for the rest of their character; bytes that are no UTF-8 pass.
 */
public final class CharacterAligner {
  private byte[] stdout = new byte[0];
  private byte[] stderr = new byte[0];

  /** What may be sent now: at most one chunk, or at the end what still waited and then the end. */
  public List<OutputEvent> align(OutputEvent event) {
    return switch (event) {
      case OutputEvent.Stdout(byte[] data) -> {
        byte[] all = join(stdout, data);
        int cut = completeLength(all);
        stdout = Arrays.copyOfRange(all, cut, all.length);
        yield cut == 0 ? List.of() : List.of(new OutputEvent.Stdout(Arrays.copyOf(all, cut)));
      }
      case OutputEvent.Stderr(byte[] data) -> {
        byte[] all = join(stderr, data);
        int cut = completeLength(all);
        stderr = Arrays.copyOfRange(all, cut, all.length);
        yield cut == 0 ? List.of() : List.of(new OutputEvent.Stderr(Arrays.copyOf(all, cut)));
      }
      case OutputEvent.Exited exited -> rest(exited);
    };
  }

  private List<OutputEvent> rest(OutputEvent.Exited exited) {
    var events = new ArrayList<OutputEvent>();
    if (stdout.length > 0) {
      events.add(new OutputEvent.Stdout(stdout));
    }
    if (stderr.length > 0) {
      events.add(new OutputEvent.Stderr(stderr));
    }
    events.add(exited);
    return events;
  }

  private static byte[] join(byte[] first, byte[] second) {
    if (first.length == 0) {
      return second;
    }
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** The length without an unfinished character at the end. */
  private static int completeLength(byte[] data) {
    for (int back = 1; back <= Math.min(3, data.length); back++) {
      int b = data[data.length - back] & 0xff;
      if (b < 0x80) {
        return data.length;
      }
      if (b >= 0xc0) {
        return characterLength(b) > back ? data.length - back : data.length;
      }
    }
    return data.length;
  }

  private static int characterLength(int lead) {
    if (lead >= 0xf8) {
      return 1;
    }
    return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  }
}
