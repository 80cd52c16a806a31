package dev.paddock.web;

import dev.paddock.model.failure.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The interface for people and generators: its OpenAPI document at {@code /api-json}, and at {@code
 * /docs} a page to read and try it, where {@code /} and {@code /api} lead too. The page loads
 * nothing from elsewhere.
 */
public final class ApiPages {
  private static final String COORDINATES = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String ASSETS = "/META-INF/resources/webjars/swagger-ui/";
  private static final Map<String, String> TYPES =
      Map.of(
          "swagger-ui.css", "text/css",
          "swagger-ui-bundle.js", "text/javascript",
          "favicon-32x32.png", "image/png");
  private static final byte[] START =
      "SwaggerUIBundle({url: '/api-json', dom_id: '#page', persistAuthorization: true});"
          .getBytes(StandardCharsets.UTF_8);
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

  private final String title;
  private final byte[] document;
  private final String assets;

  private ApiPages(String title, byte[] document) {
    this.title = title;
    this.document = document;
    this.assets = ASSETS + version() + "/";
  }

  /** The pages about these groups' routes, as a group that everybody may call. */
  public static RouteGroup about(String title, String version, List<RouteGroup> groups) {
    return new ApiPages(title, OpenApi.document(title, version, groups)).group();
  }

  private RouteGroup group() {
    return RouteGroup.open("", ErrorStyle.API)
        .routes(
            List.of(
                page("/api-json", e -> Answer.bytes(200, "application/json", document)),
                page(
                    "/docs",
                    e -> Answer.html(200, html()).withHeader("Content-Security-Policy", POLICY)),
                page("/docs/start.js", e -> Answer.bytes(200, "text/javascript", START)),
                page("/docs/{file}", e -> asset(e.pathParam("file"))),
                page("/", e -> Answer.redirect("/docs")),
                page("/api", e -> Answer.redirect("/docs"))));
  }

  private static Route page(String path, Handler handler) {
    return Route.get(path, Operation.of(path, "docs", "Documentation"), handler);
  }

  private Answer asset(String file) throws IOException {
    String type = TYPES.get(file);
    if (type == null) {
      throw new NotFoundException("No such file");
    }
    try (InputStream in = resource(assets + file)) {
      return Answer.bytes(200, type, in.readAllBytes())
          .withHeader("Cache-Control", "public, max-age=86400");
    }
  }

  private String html() {
    return """
    <!doctype html>
    <html lang="en">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <link rel="icon" href="/docs/favicon-32x32.png">
      <link rel="stylesheet" href="/docs/swagger-ui.css">
    </head>
    <body>
      <div id="page"></div>
      <script src="/docs/swagger-ui-bundle.js"></script>
      <script src="/docs/start.js"></script>
    </body>
    </html>
    """
        .formatted(title);
  }

  private static String version() {
    Properties coordinates = new Properties();
    try (InputStream in = resource(COORDINATES)) {
      coordinates.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("The page's files cannot be read", e);
    }
    return coordinates.getProperty("version");
  }

  private static InputStream resource(String name) {
    @Nullable InputStream in = ApiPages.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("The program lacks " + name);
    }
    return in;
  }
}
