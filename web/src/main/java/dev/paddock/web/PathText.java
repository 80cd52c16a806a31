package dev.paddock.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits and decodes paths. */
final class PathText {
  private PathText() {}

  /** The segments as they were sent. A trailing slash makes no difference. */
  static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>(8);
    int start = rawPath.startsWith("/") ? 1 : 0;
    while (start < rawPath.length()) {
      int slash = rawPath.indexOf('/', start);
      int end = slash < 0 ? rawPath.length() : slash;
      segments.add(rawPath.substring(start, end));
      start = end + 1;
    }
    return segments;
  }

  /** Decodes a segment, in which a plus sign is a plus sign. */
  static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    String decoded = decodeForm(segment.replace("+", "%2B"));
    if (decoded.indexOf('\0') >= 0) {
      throw new HttpFailure(400, "The path holds a NUL character");
    }
    return decoded;
  }

  /** Decodes a part of a query, in which a plus sign is a space. */
  static String decodeForm(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new HttpFailure(400, "The address holds an incomplete percent-encoding");
    }
  }
}
