package dev.paddock.control.sandbox;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.sandbox.Sandbox;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The chosen names of sandboxes that this process is making and that have no record yet. */
final class NamesInTheMaking {
  private final Set<Name> names = ConcurrentHashMap.newKeySet();

  private record Name(String organizationId, String text) {}

  /** A name that nobody else gets until this is closed. */
  interface Reservation extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Reserves the sandbox's name.
   *
   * @throws ConflictException while another one of that name is made
   */
  Reservation reserve(Sandbox sandbox) {
    Name name = new Name(sandbox.organizationId(), sandbox.name());
    if (!names.add(name)) {
      throw taken(sandbox);
    }
    return () -> names.remove(name);
  }

  static ConflictException taken(Sandbox sandbox) {
    return new ConflictException("Sandbox with name " + sandbox.name() + " already exists");
  }
}
