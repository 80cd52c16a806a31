package dev.paddock.cli.client;

import java.net.URI;

/**
 * Where the API is and with which key.
 *
 * @param apiUrl base of the API without a trailing slash, for example {@code
 *     http://localhost:3000/api}
 * @param apiKey the key; never printed
 */
public record Endpoint(URI apiUrl, String apiKey) {
  @Override
  public String toString() {
    return "Endpoint[" + apiUrl + "]";
  }
}
