package dev.paddock.api.access;

import dev.paddock.api.request.Bearer;
import dev.paddock.api.request.Callers;
import dev.paddock.control.access.ApiKeys;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.Route;
import java.util.List;
import java.util.Set;

/**
 * API keys. Unlike the reference, a key may make others: the first one comes without a browser, so
 * the others should as well.
 */
public final class ApiKeyRoutes {
  private static final String TAG = "api-keys";

  private final ApiKeys apiKeys;

  public ApiKeyRoutes(ApiKeys apiKeys) {
    this.apiKeys = apiKeys;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api-keys",
            Operation.of("listApiKeys", TAG, "List API keys").answersList(200, ApiKeyDto.class),
            this::list),
        Route.post(
            "/api-keys",
            Operation.of("createApiKey", TAG, "Make an API key; its value is shown this once")
                .reads(CreateKeyDto.class)
                .answers(201, CreatedKeyDto.class),
            this::create),
        Route.get(
            "/api-keys/current",
            Operation.of("getCurrentApiKey", TAG, "The API key of this request")
                .answers(200, ApiKeyDto.class),
            this::current),
        Route.get(
            "/api-keys/{name}",
            Operation.of("getApiKey", TAG, "Get an API key").answers(200, ApiKeyDto.class),
            this::get),
        Route.delete(
            "/api-keys/{name}",
            Operation.of("deleteApiKey", TAG, "Revoke an API key").answersNothing(204),
            this::delete));
  }

  private Answer list(Exchange exchange) {
    return Answer.ok(apiKeys.list(Callers.of(exchange)).stream().map(ApiKeyDto::from).toList());
  }

  private Answer create(Exchange exchange) {
    CreateKeyDto request = exchange.json(CreateKeyDto.class);
    return Answer.json(
        201,
        CreatedKeyDto.from(
            apiKeys.create(
                Callers.of(exchange),
                request.name(),
                Set.copyOf(request.permissions()),
                request.expiresAt())));
  }

  private Answer current(Exchange exchange) {
    return Answer.ok(ApiKeyDto.from(apiKeys.current(Bearer.token(exchange))));
  }

  private Answer get(Exchange exchange) {
    String name = exchange.pathParam("name");
    return apiKeys.list(Callers.of(exchange)).stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .map(key -> Answer.ok(ApiKeyDto.from(key)))
        .orElseThrow(() -> new NotFoundException("API key " + name + " not found"));
  }

  private Answer delete(Exchange exchange) {
    apiKeys.delete(Callers.of(exchange), exchange.pathParam("name"));
    return Answer.empty(204);
  }
}
