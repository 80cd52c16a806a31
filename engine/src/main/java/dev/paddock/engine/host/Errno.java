package dev.paddock.engine.host;

import java.util.Map;

/** Error numbers of Linux that the engine tells apart; the same on x86-64 and aarch64. */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;

  private static final Map<Integer, String> MEANINGS =
      Map.of(
          EPERM, "not permitted",
          ENOENT, "no such file or process",
          ESRCH, "no such process",
          EBUSY, "busy",
          EEXIST, "exists already",
          ENODEV, "no such device",
          EINVAL, "not supported by this kernel or file system",
          ENOSPC, "no space left");

  private Errno() {}

  static String meaning(int errno) {
    String text = MEANINGS.get(errno);
    return text == null ? "" : " (" + text + ")";
  }
}
