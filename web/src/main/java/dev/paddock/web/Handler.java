package dev.paddock.web;

/**
 * What a route does with a request. Runs on the virtual thread of its connection and may block. An
 * exception becomes the error answer of the route's group.
 */
@FunctionalInterface
public interface Handler {
  Answer handle(Exchange exchange) throws Exception;
}
