package dev.paddock.toolbox.process;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.web.Json;
import dev.paddock.web.JsonLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Takes the charts out of code's output. Each is announced by a marker and ends with its line; what
 * follows a marker and is no chart, or too long, stays output. Not thread-safe.
 */
final class ChartFilter {
  private static final byte[] MARKER = "dtn_artifact_k39fd2:".getBytes(StandardCharsets.US_ASCII);

  /** Longest announcement, in bytes. */
  private static final int MOST_OF_ONE = 4 << 20;

  /** Most bytes of all announcements of a run, which are in memory until they are answered. */
  private static final int MOST_OF_ALL = 8 << 20;

  /** Most that all of them may say: each number or brace costs far more memory than its bytes. */
  private static final int MOST_TOKENS_OF_ALL = 2 * JsonLimits.TOKENS;

  private final OutputSpool output;
  private final List<Chart> charts = new ArrayList<>();

  /** An announcement, or its beginning. */
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  private int keptBytes;
  private int keptTokens;

  private record Announcement(String type, Optional<Chart> value) {}

  ChartFilter(OutputSpool output) {
    this.output = output;
  }

  /** Takes more output. */
  void write(byte[] data) throws IOException {
    int position = 0;
    while (position < data.length) {
      position = held.size() < MARKER.length ? lookForMarker(data, position) : hold(data, position);
    }
  }

  /** No more comes. */
  void end() throws IOException {
    release();
  }

  CodeRunArtifacts artifacts() {
    return new CodeRunArtifacts(charts);
  }

  private int lookForMarker(byte[] data, int from) throws IOException {
    int plain = from;
    int position = from;
    while (position < data.length && held.size() < MARKER.length) {
      byte next = data[position];
      if (next == MARKER[held.size()]) {
        if (held.size() == 0) {
          pass(data, plain, position);
        }
        held.write(next);
        position++;
        plain = position;
      } else if (held.size() > 0) {
        giveUpMarker();
        plain = position;
      } else {
        position++;
      }
    }
    pass(data, plain, position);
    return position;
  }

  /** The last byte held may begin a marker: no longer part of this one does. */
  private void giveUpMarker() throws IOException {
    byte[] all = held.toByteArray();
    int again = all.length > 1 && all[all.length - 1] == MARKER[0] ? 1 : 0;
    held.reset();
    held.write(all, all.length - again, again);
    pass(all, 0, all.length - again);
  }

  private void pass(byte[] data, int from, int to) throws IOException {
    if (to > from) {
      output.write(Arrays.copyOfRange(data, from, to));
    }
  }

  private int hold(byte[] data, int from) throws IOException {
    int position = from;
    while (position < data.length && data[position] != '\n') {
      position++;
    }
    boolean whole = position < data.length;
    int end = whole ? position + 1 : position;
    held.write(data, from, end - from);
    if (whole && take(held.toByteArray())) {
      held.reset();
    } else if (whole || held.size() > MOST_OF_ONE) {
      release();
    }
    return end;
  }

  private boolean take(byte[] announcement) {
    if (announcement.length > MOST_OF_ONE || keptBytes + announcement.length > MOST_OF_ALL) {
      return false;
    }
    byte[] json = Arrays.copyOfRange(announcement, MARKER.length, announcement.length);
    try {
      int tokens = JsonLimits.count(json);
      if (keptTokens + tokens > MOST_TOKENS_OF_ALL) {
        return false;
      }
      Announcement read = Json.read(json, Announcement.class);
      if (!read.type().equals("chart") || read.value().isEmpty()) {
        return false;
      }
      charts.add(read.value().get());
      keptBytes += announcement.length;
      keptTokens += tokens;
      return true;
    } catch (InvalidException | JacksonException noChart) {
      return false;
    }
  }

  private void release() throws IOException {
    if (held.size() > 0) {
      output.write(held.toByteArray());
      held.reset();
    }
  }
}
