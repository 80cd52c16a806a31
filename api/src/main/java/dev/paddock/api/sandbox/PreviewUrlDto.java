package dev.paddock.api.sandbox;

import dev.paddock.model.sandbox.PreviewLink;

/** Where a port is reached from outside, and the secret that opens it. */
public record PreviewUrlDto(String sandboxId, String url, String token) {
  static PreviewUrlDto from(PreviewLink link) {
    return new PreviewUrlDto(link.sandboxId().value(), link.url(), link.token());
  }
}
