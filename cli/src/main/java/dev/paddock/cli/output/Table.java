package dev.paddock.cli.output;

import java.io.PrintStream;
import java.util.List;

/** Columns separated by two blanks, as wide as their widest cell. */
record Table(List<String> heading, List<List<String>> rows) {
  void print(PrintStream out) {
    int[] widths = new int[heading.size()];
    widen(widths, heading);
    rows.forEach(row -> widen(widths, row));
    out.println(line(widths, heading));
    rows.forEach(row -> out.println(line(widths, row)));
  }

  private static void widen(int[] widths, List<String> row) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], row.get(i).length());
    }
  }

  private static String line(int[] widths, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i));
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
    }
    return line.toString();
  }
}
