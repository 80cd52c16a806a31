package dev.paddock.server.image;

import dev.paddock.model.Resources;
import java.util.List;

/**
 * An image that the product brings along as a recipe.
 *
 * @param name name of the recipe, and of the image in the layout that the recipe makes
 * @param snapshot name of the snapshot that is offered
 * @param size of its sandboxes
 */
public record DefaultImage(String name, String snapshot, Resources size) {
  /**
   * The snapshot that a create without one gets, with the contract's size of a snapshot that names
   * none.
   */
  public static final DefaultImage SANDBOX =
      new DefaultImage("default", "default", new Resources(1, 1, 3));

  /**
   * The default image with OpenCode on top, which holds a JavaScript runtime and language servers.
   */
  public static final DefaultImage OPENCODE =
      new DefaultImage("opencode", "opencode", new Resources(2, 2, 5));

  /** All of them; later ones may be made from earlier ones. */
  public static final List<DefaultImage> ALL = List.of(SANDBOX, OPENCODE);

  /** What its image is called in the image store, apart from the tag. */
  String repository() {
    return "localhost/paddock/" + name;
  }
}
