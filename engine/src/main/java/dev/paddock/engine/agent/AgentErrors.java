package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.Error;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.GoneException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.OutOfSpaceException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;

/** Turns what an agent reports into failures. */
final class AgentErrors {
  private static final int MESSAGE_LIMIT = 500;

  private AgentErrors() {}

  static PaddockException failure(Error error) {
    String message = printable(error.getMessage());
    return switch (error.getCode()) {
      case NOT_FOUND, CONNECTION_REFUSED -> new NotFoundException(message);
      case ALREADY_EXISTS -> new ConflictException(message);
      case PERMISSION_DENIED -> new ForbiddenException(message);
      case NO_SPACE -> new OutOfSpaceException(message);
      case TIMED_OUT -> new TimedOutException(message);
      case GONE -> new GoneException(message);
      case INVALID_ARGUMENT, NOT_A_DIRECTORY, IS_A_DIRECTORY, NOT_EMPTY ->
          new InvalidException(message);
      case RESOURCE_EXHAUSTED, NOT_CONFIGURED, UNSUPPORTED_VERSION, INTERNAL ->
          new UnavailableException(message);
      case UNRECOGNIZED -> new UnavailableException("The sandbox's agent failed: " + message);
    };
  }

  static UnavailableException violation(ProtocolViolation violation) {
    return new UnavailableException(
        "The sandbox's agent broke the protocol: it sent " + violation.getMessage(), violation);
  }

  /** The agent's words without control characters, and not too many of them. */
  static String printable(String text) {
    String line =
        text.codePoints()
            .limit(MESSAGE_LIMIT)
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return line.isEmpty() ? "The sandbox gave no reason" : line;
  }
}
