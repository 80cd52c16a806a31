package dev.paddock.api.pool;

import dev.paddock.api.request.Callers;
import dev.paddock.control.pool.WarmPools;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.Route;
import java.util.List;

/** Sandboxes that are kept ready. */
public final class WarmPoolRoutes {
  private static final String TAG = "warm-pools";
  private static final String ALL = "/warm-pools";
  private static final String ONE = "/warm-pools/{id}";

  private final WarmPools pools;

  public WarmPoolRoutes(WarmPools pools) {
    this.pools = pools;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            ALL,
            Operation.of("listWarmPools", TAG, "List warm pools")
                .answersList(200, WarmPoolDto.class),
            this::list),
        Route.post(
            ALL,
            Operation.of("createWarmPool", TAG, "Keep sandboxes of a snapshot ready")
                .reads(CreateWarmPoolDto.class)
                .answers(201, WarmPoolDto.class),
            this::create),
        Route.patch(
            ONE,
            Operation.of("updateWarmPool", TAG, "Change how many are kept ready")
                .reads(UpdateWarmPoolDto.class)
                .answers(200, WarmPoolDto.class),
            this::update),
        Route.delete(
            ONE,
            Operation.of("deleteWarmPool", TAG, "Delete a warm pool with its sandboxes")
                .answersNothing(204),
            this::delete));
  }

  private Answer list(Exchange exchange) {
    return Answer.ok(pools.list(Callers.of(exchange)).stream().map(WarmPoolDto::from).toList());
  }

  private Answer create(Exchange exchange) {
    CreateWarmPoolDto request = exchange.json(CreateWarmPoolDto.class);
    return Answer.json(
        201,
        WarmPoolDto.from(
            pools.create(
                Callers.of(exchange), request.snapshot(), request.pool(), request.target())));
  }

  private Answer update(Exchange exchange) {
    UpdateWarmPoolDto request = exchange.json(UpdateWarmPoolDto.class);
    return Answer.ok(
        WarmPoolDto.from(
            pools.resize(Callers.of(exchange), exchange.pathParam("id"), request.pool())));
  }

  private Answer delete(Exchange exchange) {
    pools.delete(Callers.of(exchange), exchange.pathParam("id"));
    return Answer.empty(204);
  }
}
