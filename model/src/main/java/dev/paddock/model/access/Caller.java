package dev.paddock.model.access;

import dev.paddock.model.failure.ForbiddenException;
import java.util.Set;

/**
 * Who makes a request, after authentication.
 *
 * @param userId the user whose key it is
 * @param organizationId the organisation in which the request acts
 * @param permissions words of {@link Permission}
 */
public record Caller(String userId, String organizationId, Set<String> permissions) {
  public Caller {
    permissions = Set.copyOf(permissions);
  }

  /**
   * Insists on a permission.
   *
   * @throws ForbiddenException when the caller lacks it
   */
  public void require(Permission permission) {
    if (!permissions.contains(permission.text())) {
      throw new ForbiddenException(
          "Access denied: this API key lacks the permission " + permission.text());
    }
  }
}
