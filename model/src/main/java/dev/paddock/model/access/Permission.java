package dev.paddock.model.access;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What an API key may allow. Reading sandboxes and snapshots needs none of them. */
public enum Permission {
  WRITE_REGISTRIES("write:registries"),
  DELETE_REGISTRIES("delete:registries"),
  WRITE_SNAPSHOTS("write:snapshots"),
  DELETE_SNAPSHOTS("delete:snapshots"),
  WRITE_SANDBOXES("write:sandboxes"),
  DELETE_SANDBOXES("delete:sandboxes"),
  READ_VOLUMES("read:volumes"),
  WRITE_VOLUMES("write:volumes"),
  DELETE_VOLUMES("delete:volumes"),
  WRITE_REGIONS("write:regions"),
  DELETE_REGIONS("delete:regions"),
  READ_RUNNERS("read:runners"),
  WRITE_RUNNERS("write:runners"),
  DELETE_RUNNERS("delete:runners"),
  READ_AUDIT_LOGS("read:audit_logs");

  private final String text;

  Permission(String text) {
    this.text = text;
  }

  /** The word on the wire and in the database, such as {@code write:sandboxes}. */
  public String text() {
    return text;
  }

  /** The words of all permissions. */
  public static Set<String> all() {
    return Arrays.stream(values()).map(Permission::text).collect(Collectors.toUnmodifiableSet());
  }
}
