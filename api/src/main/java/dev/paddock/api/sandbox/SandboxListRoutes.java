package dev.paddock.api.sandbox;

import dev.paddock.api.request.Callers;
import dev.paddock.api.request.Query;
import dev.paddock.control.sandbox.Sandboxes;
import dev.paddock.model.Page;
import dev.paddock.model.PageRequest;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxSlice;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.Route;
import java.util.List;

/** Listings of sandboxes, in the three shapes that clients of different age expect. */
public final class SandboxListRoutes {
  private static final String TAG = "sandbox";

  /** From this release on clients page through {@code GET /sandbox} by cursor. */
  private static final int CURSOR_MINOR = 190;

  private final Sandboxes sandboxes;
  private final WireConstants constants;

  public SandboxListRoutes(Sandboxes sandboxes, WireConstants constants) {
    this.sandboxes = sandboxes;
    this.constants = constants;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/sandbox",
            SandboxQueries.describe(Operation.of("listSandboxes", TAG, "List sandboxes"))
                .query("cursor", String.class, "The nextCursor of the part before")
                .answers(200, SandboxListDto.class),
            this::list),
        Route.get(
            "/sandbox/paginated",
            SandboxQueries.describe(
                    Operation.of("listSandboxesPaginated", TAG, "List sandboxes by page"))
                .query("page", Integer.class, "From 1")
                .answers(200, SandboxPageDto.class),
            this::page));
  }

  private Answer list(Exchange exchange) {
    boolean wantsArray =
        exchange.client().filter(client -> client.isBefore(0, CURSOR_MINOR)).isPresent();
    return wantsArray ? array(exchange) : slice(exchange);
  }

  private Answer array(Exchange exchange) {
    List<Sandbox> all = sandboxes.all(Callers.of(exchange), SandboxQueries.filter(exchange));
    return Answer.ok(all.stream().map(this::whole).toList());
  }

  private Answer slice(Exchange exchange) {
    Query query = new Query(exchange);
    SandboxSlice slice =
        sandboxes.list(
            Callers.of(exchange),
            SandboxQueries.filter(exchange),
            SandboxQueries.sort(exchange),
            query.text("cursor"),
            query.integer("limit").orElse(PageRequest.DEFAULT_LIMIT));
    List<SandboxListItemDto> items =
        slice.items().stream().map(item -> SandboxListItemDto.from(item, constants)).toList();
    return Answer.ok(new SandboxListDto(items, slice.nextCursor().orElse(null)));
  }

  private Answer page(Exchange exchange) {
    Page<Sandbox> page =
        sandboxes.page(
            Callers.of(exchange),
            SandboxQueries.filter(exchange),
            SandboxQueries.sort(exchange),
            new Query(exchange).page());
    return Answer.ok(
        new SandboxPageDto(
            page.items().stream().map(this::whole).toList(),
            page.total(),
            page.page(),
            page.totalPages()));
  }

  private SandboxDto whole(Sandbox sandbox) {
    return SandboxDto.from(sandbox, constants);
  }
}
