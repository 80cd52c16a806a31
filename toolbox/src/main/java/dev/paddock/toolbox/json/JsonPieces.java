package dev.paddock.toolbox.json;

/**
 * How much memory JSON will take once it is read: a text of megabytes takes megabytes, but so do a
 * hundred thousand empty objects that are much shorter.
 */
public final class JsonPieces {
  private JsonPieces() {}

  /**
   * At least as many as the objects, arrays and other values in it, whether or not it is JSON.
   * Texts that hold brackets and commas count for more than they are.
   */
  public static int atMost(byte[] json) {
    int pieces = 1;
    for (byte next : json) {
      if (next == '{' || next == '[' || next == ',') {
        pieces++;
      }
    }
    return pieces;
  }
}
