package dev.paddock.api;

import dev.paddock.api.access.ApiKeyRoutes;
import dev.paddock.api.pool.WarmPoolRoutes;
import dev.paddock.api.sandbox.SandboxListRoutes;
import dev.paddock.api.sandbox.SandboxRoutes;
import dev.paddock.api.sandbox.WireConstants;
import dev.paddock.api.snapshot.SnapshotRoutes;
import dev.paddock.api.system.SystemRoutes;
import dev.paddock.control.Control;
import dev.paddock.web.Authenticator;
import dev.paddock.web.ErrorStyle;
import dev.paddock.web.Route;
import dev.paddock.web.RouteGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The HTTP face of control: every route below {@code /api}. */
public final class Api {
  private static final String PREFIX = "/api";

  /** The release of the protocol that this server speaks; clients compare it with their own. */
  private static final Map<String, String> HEADERS = Map.of("X-Daytona-Api-Version", "v0.190.0");

  private final Control control;
  private final ApiAddresses addresses;
  private final SystemRoutes system;
  private final WireConstants constants;

  /**
   * @param version of this program
   * @param defaultSnapshot name of the snapshot that a create without one gets
   */
  public Api(Control control, ApiAddresses addresses, String version, String defaultSnapshot) {
    this.control = control;
    this.addresses = addresses;
    this.system = new SystemRoutes(control, addresses, version, defaultSnapshot);
    this.constants = new WireConstants(version, addresses.toolboxUrl(), control.runtimes().usual());
  }

  /** The routes, for callers that {@code authenticator} lets in and for everybody. */
  public List<RouteGroup> groups(Authenticator authenticator) {
    return List.of(
        RouteGroup.open(PREFIX, ErrorStyle.API).headers(HEADERS).routes(system.openRoutes()),
        RouteGroup.secured(PREFIX, ErrorStyle.API, authenticator)
            .headers(HEADERS)
            .routes(secured()));
  }

  private List<Route> secured() {
    List<Route> routes = new ArrayList<>(system.securedRoutes());
    routes.addAll(new ApiKeyRoutes(control.apiKeys()).routes());
    routes.addAll(new SandboxListRoutes(control.sandboxes(), constants).routes());
    routes.addAll(new SandboxRoutes(control.sandboxes(), constants, addresses.apiUrl()).routes());
    routes.addAll(new SnapshotRoutes(control.snapshots(), addresses.apiUrl()).routes());
    routes.addAll(new WarmPoolRoutes(control.warmPools()).routes());
    return routes;
  }
}
