package dev.paddock.web;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.GoneException;
import dev.paddock.model.failure.HostFullException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.OutOfSpaceException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.TooManyWaitingException;
import dev.paddock.model.failure.UnauthorizedException;
import dev.paddock.model.failure.UnavailableException;
import io.helidon.http.Status;
import java.util.Locale;

/** Failures as HTTP status codes, and the codes' names. */
final class Statuses {
  private Statuses() {}

  static int of(PaddockException failure) {
    return switch (failure) {
      case InvalidException e -> 400;
      case UnauthorizedException e -> 401;
      case ForbiddenException e -> 403;
      case NotFoundException e -> 404;
      case TimedOutException e -> 408;
      case ConflictException e -> 409;
      case GoneException e -> 410;
      case TooManyWaitingException e -> 429;
      case HostFullException e -> 503;
      case UnavailableException e -> 503;
      case OutOfSpaceException e -> 507;
    };
  }

  /** The reason phrase as a constant, e.g. {@code BAD_REQUEST}. */
  static String name(int status) {
    return switch (status) {
      case 413 -> "PAYLOAD_TOO_LARGE";
      case 500 -> "INTERNAL_SERVER_ERROR";
      case 507 -> "INSUFFICIENT_STORAGE";
      default ->
          Status.create(status).reasonPhrase().toUpperCase(Locale.ROOT).replaceAll("[^A-Z]+", "_");
    };
  }
}
