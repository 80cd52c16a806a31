package dev.paddock.server.image;

/**
 * An image that the product brings along as a recipe.
 *
 * @param name name of the recipe, and of the image in the layout that the recipe makes
 * @param snapshot name of the snapshot that is offered
 */
public record DefaultImage(String name, String snapshot) {
  /** The snapshot that a create without one gets. */
  public static final DefaultImage SANDBOX = new DefaultImage("default", "default");

  /** The default image with OpenCode on top. */
  public static final DefaultImage OPENCODE = new DefaultImage("opencode", "opencode");
}
