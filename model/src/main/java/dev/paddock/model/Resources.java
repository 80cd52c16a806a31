package dev.paddock.model;

/**
 * What a sandbox may use.
 *
 * @param cpu virtual CPUs, at least 1
 * @param memoryGib memory in GiB, at least 1
 * @param diskGib disk in GiB, at least 1
 */
public record Resources(int cpu, int memoryGib, int diskGib) {
  public Resources {
    if (cpu < 1 || memoryGib < 1 || diskGib < 1) {
      throw new IllegalArgumentException("cpu, memory and disk are at least 1");
    }
  }
}
