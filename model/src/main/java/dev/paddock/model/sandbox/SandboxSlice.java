package dev.paddock.model.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * The next part of a listing.
 *
 * @param items in the order asked for
 * @param nextCursor where the next part begins; absent at the end
 */
public record SandboxSlice(List<Sandbox> items, Optional<String> nextCursor) {
  public SandboxSlice {
    items = List.copyOf(items);
  }
}
