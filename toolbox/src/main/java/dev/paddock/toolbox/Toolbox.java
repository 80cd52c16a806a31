package dev.paddock.toolbox;

import dev.paddock.toolbox.computeruse.ComputerUseRoutes;
import dev.paddock.toolbox.file.FileRoutes;
import dev.paddock.toolbox.git.GitRoutes;
import dev.paddock.toolbox.info.InfoRoutes;
import dev.paddock.toolbox.interpreter.InterpreterRoutes;
import dev.paddock.toolbox.lsp.LspRoutes;
import dev.paddock.toolbox.process.ProcessRoutes;
import dev.paddock.toolbox.pty.PtyRoutes;
import dev.paddock.toolbox.session.SessionRoutes;
import dev.paddock.toolbox.system.SystemRoutes;
import dev.paddock.web.Authenticator;
import dev.paddock.web.ErrorStyle;
import dev.paddock.web.RouteGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The HTTP and WebSocket face of sandboxes: one table of routes under the address that clients are
 * told, and under the one that clients up to 0.103 make up.
 */
public final class Toolbox implements AutoCloseable {
  /** Where the toolbox of a sandbox is. */
  public static final String PREFIX = "/toolbox/{sandboxId}";

  /** Where clients up to 0.103 look for it. */
  public static final String LEGACY_PREFIX = "/api/toolbox/{sandboxId}/toolbox";

  private final Activity activity;
  private final RouteTable table;
  private final LspRoutes languages = new LspRoutes();
  private final InterpreterRoutes interpreters = new InterpreterRoutes();

  /**
   * @param sandboxes the sandboxes to serve
   * @param version of this program, which {@code /version} tells
   * @param spoolDirectory an existing directory of the server's own, for output that does not fit
   *     memory; nothing in it outlives its request
   */
  public Toolbox(Sandboxes sandboxes, String version, Path spoolDirectory) {
    this.activity = new Activity(sandboxes);
    this.table = new RouteTable(sandboxes, activity);
    new InfoRoutes(version).addTo(table);
    new ProcessRoutes(spoolDirectory).addTo(table);
    new SessionRoutes().addTo(table);
    new PtyRoutes().addTo(table);
    new FileRoutes().addTo(table);
    new GitRoutes().addTo(table);
    languages.addTo(table);
    interpreters.addTo(table);
    new SystemRoutes().addTo(table);
    new ComputerUseRoutes().addTo(table);
  }

  /**
   * The routes.
   *
   * @param usual lets callers in
   * @param signed does so where a signed URL is enough as well
   */
  public List<RouteGroup> groups(Authenticator usual, Authenticator signed) {
    return Stream.of(PREFIX, LEGACY_PREFIX)
        .flatMap(prefix ->
            Stream.of(
                RouteGroup.secured(prefix, ErrorStyle.TOOLBOX, usual)
                    .routes(table.routes())
                    .sockets(table.sockets()),
                RouteGroup.secured(prefix, ErrorStyle.TOOLBOX, signed).routes(table.signable())))
        .toList();
  }

  /**
   * Stops noting activity and ends language servers; requests that still run are the web server's
   * to end.
   */
  @Override
  public void close() {
    languages.close();
    interpreters.close();
    activity.close();
  }
}
