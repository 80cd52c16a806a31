package dev.paddock.toolbox.git;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /git}. */
public final class GitRoutes {
  /** Adds them. */
  public void addTo(RouteTable table) {
    WorkTreeRoutes.addTo(table);
    BranchRoutes.addTo(table);
    HistoryRoute.addTo(table);
    RemoteRoutes.addTo(table);
    CloneRoutes.addTo(table);
    ConfigRoutes.addTo(table);
  }

  static Operation operation(String id, String summary) {
    return Operation.of(id, "git", summary);
  }

  static Operation onRepository(String id, String summary) {
    return operation(id, summary).requiredQuery("path", String.class, "The repository");
  }

  static String path(Exchange exchange) {
    return exchange
        .query("path")
        .filter(path -> !path.isEmpty())
        .orElseThrow(() -> new InvalidException("path is required"));
  }

  /** A setting of a request, which clients leave out or leave empty for the usual. */
  static String chosen(@Nullable String value, String otherwise) {
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
