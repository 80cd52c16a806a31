package dev.paddock.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI 3 document of routes, made from their operations. */
public final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{\\+?([^}]+)}");

  private final Schemas schemas = new Schemas();
  private final Map<String, Map<String, Object>> paths = new TreeMap<>();

  private OpenApi() {}

  /** The document as JSON. */
  public static byte[] document(String title, String version, List<RouteGroup> groups) {
    OpenApi builder = new OpenApi();
    groups.forEach(builder::add);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.0.0");
    document.put("info", Map.of("title", title, "version", version));
    document.put("paths", builder.paths);
    document.put("components", builder.components());
    return Json.bytes(document);
  }

  private Map<String, Object> components() {
    Map<String, Object> bearer = Map.of("type", "http", "scheme", "bearer");
    return Map.of("schemas", schemas.named(), "securitySchemes", Map.of("bearer", bearer));
  }

  private void add(RouteGroup group) {
    for (Route route : group.routes()) {
      String path = PARAMETER.matcher(group.prefix() + route.path()).replaceAll("{$1}");
      paths
          .computeIfAbsent(path, any -> new TreeMap<>())
          .put(route.method().toLowerCase(Locale.ROOT), describe(path, group, route.operation()));
    }
  }

  private Map<String, Object> describe(String path, RouteGroup group, Operation operation) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("operationId", operation.id());
    description.put("tags", List.of(operation.tag()));
    description.put("summary", operation.summary());
    description.put("parameters", parameters(path, operation));
    operation
        .request()
        .ifPresent(body ->
            description.put("requestBody", Map.of("required", true, "content", content(body))));
    description.put("responses", Map.of(String.valueOf(operation.status()), response(operation)));
    if (group.authenticator().isPresent()) {
      description.put("security", List.of(Map.of("bearer", List.of())));
    }
    return description;
  }

  private List<Object> parameters(String path, Operation operation) {
    List<Object> parameters = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(path);
    while (matcher.find()) {
      Map<String, Object> schema = schemas.of(String.class);
      parameters.add(parameter("path", matcher.group(1), true, schema, ""));
    }
    for (Operation.Parameter p : operation.parameters()) {
      Map<String, Object> one = schemas.of(p.type());
      Map<String, Object> schema = p.repeated() ? Map.of("type", "array", "items", one) : one;
      parameters.add(parameter("query", p.name(), p.required(), schema, p.summary()));
    }
    return parameters;
  }

  private static Map<String, Object> parameter(
      String in, String name, boolean required, Map<String, Object> schema, String about) {
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("in", in);
    parameter.put("name", name);
    parameter.put("required", required);
    parameter.put("schema", schema);
    if (!about.isEmpty()) {
      parameter.put("description", about);
    }
    return parameter;
  }

  private Map<String, Object> response(Operation operation) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("description", operation.summary());
    if (!operation.response().mediaType().isEmpty()) {
      response.put("content", content(operation.response()));
    }
    return response;
  }

  private Map<String, Object> content(Operation.Content content) {
    Map<String, Object> schema =
        content
            .type()
            .map(schemas::of)
            .orElseGet(() -> Map.of("type", "string", "format", "binary"));
    return Map.of(content.mediaType(), Map.of("schema", schema));
  }
}
