package dev.paddock.web;

import java.util.Set;

/**
 * Who sent a request.
 *
 * @param userId id of the user whom the credentials belong to
 * @param organizationId id of the organisation in which the request acts
 * @param permissions what the credentials allow, e.g. {@code write:sandboxes}
 */
public record Principal(String userId, String organizationId, Set<String> permissions) {
  public Principal {
    permissions = Set.copyOf(permissions);
  }
}
