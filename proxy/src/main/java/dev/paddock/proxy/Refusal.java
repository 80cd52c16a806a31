package dev.paddock.proxy;

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

/**
 * An answer of the proxy's own, given in place of the sandbox's.
 *
 * @param status HTTP status
 * @param code stable word for programs
 * @param title headline of the page
 * @param message what happened and what to do
 * @param page what the page offers besides the words
 */
record Refusal(int status, String code, String title, String message, Page page) {
  /** How the page for browsers helps on. */
  enum Page {
    PLAIN,
    RELOADS,
    ASKS_FOR_TOKEN
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, "BAD_REQUEST", "This address does not work", message, Page.PLAIN);
  }

  static Refusal notFound(String title, String message) {
    return new Refusal(404, "NOT_FOUND", title, message, Page.PLAIN);
  }

  static Refusal notStarted(String state) {
    return new Refusal(
        400,
        "SANDBOX_NOT_STARTED",
        "The sandbox is not running",
        "The sandbox is " + state + ". Is the Sandbox started? Start it and open this page again.",
        Page.RELOADS);
  }

  static Refusal unauthorized() {
    return new Refusal(
        401,
        "UNAUTHORIZED",
        "This preview is private",
        "Enter the sandbox's preview token to open it. Programs send the token in the header"
            + " X-Daytona-Preview-Token, or an API key as bearer token.",
        Page.ASKS_FOR_TOKEN);
  }

  static Refusal nothingListens(int port) {
    return new Refusal(
        502,
        "NOTHING_LISTENS",
        "Nothing listens on port " + port,
        "The sandbox runs, but no process in it accepts connections on port " + port + " yet.",
        Page.RELOADS);
  }

  static Refusal badGateway(String message) {
    return new Refusal(502, "BAD_GATEWAY", "No proper answer", message, Page.PLAIN);
  }

  static Refusal unavailable(String message) {
    return new Refusal(503, "UNAVAILABLE", "Not possible just now", message, Page.RELOADS);
  }

  /** The refusal that fits a failure of the directory. */
  static Refusal of(PaddockException failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case InvalidException f -> badRequest(message);
      case UnauthorizedException f -> unauthorized();
      case ForbiddenException f ->
          new Refusal(403, "FORBIDDEN", "Not allowed", message, Page.PLAIN);
      case NotFoundException f -> notFound("Not found", message);
      case GoneException f -> new Refusal(410, "GONE", "Gone", message, Page.PLAIN);
      case ConflictException f ->
          new Refusal(
              400,
              "SANDBOX_NOT_STARTED",
              "The sandbox is not running",
              message + " Is the Sandbox started?",
              Page.RELOADS);
      case TimedOutException f ->
          new Refusal(504, "TIMED_OUT", "It took too long", message, Page.RELOADS);
      case OutOfSpaceException f -> unavailable(message);
      case HostFullException f -> unavailable(message);
      case TooManyWaitingException f -> unavailable(message);
      case UnavailableException f -> unavailable(message);
    };
  }
}
