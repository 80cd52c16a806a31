package dev.paddock.api.system;

import dev.paddock.api.ApiAddresses;
import dev.paddock.control.Control;
import dev.paddock.model.sandbox.AutoIntervals;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.Route;
import java.util.List;
import java.util.Map;

/** What everybody may ask. */
public final class SystemRoutes {
  private static final String TAG = "system";

  private final Control control;
  private final ConfigDto config;

  public SystemRoutes(
      Control control, ApiAddresses addresses, String version, String defaultSnapshot) {
    this.control = control;
    this.config =
        new ConfigDto(
            version,
            ConfigDto.OidcDto.NONE,
            false,
            Map.of(),
            addresses.previewTemplate(),
            addresses.toolboxUrl(),
            defaultSnapshot,
            addresses.dashboardUrl(),
            AutoIntervals.MAX_ARCHIVE,
            false,
            "production");
  }

  /** The routes that need no credentials. */
  public List<Route> openRoutes() {
    return List.of(
        Route.get(
            "/config",
            Operation.of("getConfig", TAG, "Settings for clients").answers(200, ConfigDto.class),
            exchange -> Answer.ok(config)),
        Route.get(
            "/health",
            Operation.of("live", TAG, "Whether the server runs").answers(200, HealthDto.class),
            exchange -> Answer.ok(HealthDto.OK)),
        Route.get(
            "/health/ready",
            Operation.of("check", TAG, "Whether the server can work; 503 when not")
                .answers(200, ReadinessDto.class),
            this::ready),
        Route.get(
            "/shared-regions",
            Operation.of("listSharedRegions", TAG, "List regions")
                .answersList(200, RegionDto.class),
            this::regions));
  }

  /** The routes that need credentials. */
  public List<Route> securedRoutes() {
    return List.of(
        Route.get(
            "/regions",
            Operation.of("listAvailableRegions", TAG, "List regions")
                .answersList(200, RegionDto.class),
            this::regions));
  }

  private Answer ready(Exchange exchange) {
    boolean ready = control.ready();
    return Answer.json(ready ? 200 : 503, ReadinessDto.of(ready));
  }

  private Answer regions(Exchange exchange) {
    return Answer.ok(control.regions().list().stream().map(RegionDto::from).toList());
  }
}
