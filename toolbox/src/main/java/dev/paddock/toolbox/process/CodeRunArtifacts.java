package dev.paddock.toolbox.process;

import java.util.List;

/** What code made besides its output. */
public record CodeRunArtifacts(List<Chart> charts) {
  public CodeRunArtifacts {
    charts = List.copyOf(charts);
  }
}
