package dev.paddock.engine.slot;

import dev.paddock.engine.host.Fd;
import java.io.IOException;

/** Makes the user namespaces that hold the maps of id-mapped mounts. */
public interface IdMaps {
  /**
   * A namespace in which ids from 0 on stand for the host's from {@code first} on, and the one
   * after the last for the host's root.
   */
  Fd make(int first, int size) throws IOException;
}
