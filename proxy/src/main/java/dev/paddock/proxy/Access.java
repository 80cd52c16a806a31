package dev.paddock.proxy;

/**
 * How a request was let in.
 *
 * @param way the proof that counted
 * @param bearerAccepted whether the bearer is one of ours, and so must not reach the sandbox
 */
record Access(Way way, boolean bearerAccepted) {
  /** Proofs of access. */
  enum Way {
    PUBLIC,
    BEARER,
    HEADER,
    QUERY,
    COOKIE
  }
}
