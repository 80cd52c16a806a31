package dev.paddock.toolbox.interpreter;

/** The context that a run is in. */
record RunContext(Turns.Context context, Contexts contexts, Deletions deletions) {
  boolean isDeleted() {
    return deletions.include(context, contexts);
  }

  /** Starts another interpreter in place of one that had to go, unless the context is going too. */
  void restart() {
    if (!isDeleted()) {
      contexts.restart(context.id());
    }
  }
}
