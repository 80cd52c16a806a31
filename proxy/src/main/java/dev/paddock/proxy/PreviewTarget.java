package dev.paddock.proxy;

/**
 * What the proxy needs to know of one sandbox before it lets a request in.
 *
 * @param sandboxId id, as in the preview host's name
 * @param isPublic whether anybody may open its ports
 * @param previewToken secret that opens its ports; empty when there is none at present
 * @param started whether it runs
 * @param state its state in words, for people
 */
public record PreviewTarget(
    String sandboxId, boolean isPublic, String previewToken, boolean started, String state) {
  /** Names the sandbox and its state; never the token. */
  @Override
  public String toString() {
    return "PreviewTarget[" + sandboxId + ", " + state + (isPublic ? ", public]" : "]");
  }
}
