package dev.paddock.toolbox.interpreter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contexts that are being deleted. Their runs end before the agent has forgotten them, and have
 * to know why. Thread-safe.
 */
final class Deletions {
  private final Set<Turns.Context> contexts = ConcurrentHashMap.newKeySet();

  void delete(Turns.Context context, Contexts from) {
    contexts.add(context);
    try {
      from.delete(context.id());
    } finally {
      contexts.remove(context);
    }
  }

  /** Whether the context is going, or gone. */
  boolean include(Turns.Context context, Contexts from) {
    return contexts.contains(context) || from.find(context.id()).isEmpty();
  }
}
