package dev.paddock.toolbox.info;

import java.util.List;

/** TCP ports from 3000 to 9999 on which something in the sandbox listens, in ascending order. */
public record PortList(List<Integer> ports) {
  public PortList {
    ports = List.copyOf(ports);
  }
}
