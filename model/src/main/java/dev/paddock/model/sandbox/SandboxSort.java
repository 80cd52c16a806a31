package dev.paddock.model.sandbox;

/**
 * The order of a listing; ties are broken by id.
 *
 * @param field what is compared
 * @param ascending smallest or oldest first
 */
public record SandboxSort(Field field, boolean ascending) {
  /** Most recently used first. */
  public static final SandboxSort DEFAULT = new SandboxSort(Field.LAST_ACTIVITY_AT, false);

  /** What sandboxes can be ordered by. */
  public enum Field {
    NAME,
    CPU,
    MEMORY_GIB,
    DISK_GIB,
    LAST_ACTIVITY_AT,
    CREATED_AT
  }
}
