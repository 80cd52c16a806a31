package dev.paddock.server;

import dev.paddock.api.Api;
import dev.paddock.api.ApiAddresses;
import dev.paddock.control.Control;
import dev.paddock.control.config.ControlConfig;
import dev.paddock.control.config.Defaults;
import dev.paddock.control.config.PublicAddresses;
import dev.paddock.control.postgres.EmbeddedPostgres;
import dev.paddock.control.store.DatabaseConfig;
import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineConfig;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.proxy.PreviewProxy;
import dev.paddock.proxy.ProxyConfig;
import dev.paddock.server.config.AdminEnv;
import dev.paddock.server.config.ServerConfig;
import dev.paddock.server.image.DefaultImage;
import dev.paddock.server.image.DefaultImages;
import dev.paddock.server.image.ImageRecipes;
import dev.paddock.server.wiring.Authentication;
import dev.paddock.server.wiring.PreviewSandboxes;
import dev.paddock.server.wiring.ServedSandboxes;
import dev.paddock.toolbox.Toolbox;
import dev.paddock.web.ApiPages;
import dev.paddock.web.RouteGroup;
import dev.paddock.web.WebLimits;
import dev.paddock.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** All roles in one process, wired by hand. Closing it leaves the sandboxes running. */
public final class Server implements AutoCloseable {
  private final Closing parts;
  private final ServerConfig config;
  private final AdminEnv adminEnv;

  private Server(ServerConfig config, AdminEnv adminEnv, Closing parts) {
    this.config = config;
    this.adminEnv = adminEnv;
    this.parts = parts;
  }

  /**
   * Starts everything and returns when requests are served. Images that are missing are made
   * afterwards, in the background.
   *
   * @param progress gets lines for a person, from several threads
   * @throws dev.paddock.model.failure.PaddockException when something cannot be started; what was
   *     started by then is closed
   */
  public static Server start(ServerConfig config, Consumer<String> progress) throws IOException {
    Closing parts = new Closing();
    try {
      return start(config, progress, parts);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static Server start(ServerConfig config, Consumer<String> progress, Closing parts)
      throws IOException {
    // The database and the host do not need each other, and each takes a while.
    CompletableFuture<DatabaseConfig> database =
        CompletableFuture.supplyAsync(() -> database(config, parts));
    Engine engine = openEngine(config, parts, database);
    Control control = parts.add(Control.open(controlConfig(config, await(database)), engine));
    AdminEnv adminEnv = new AdminEnv(config.dataDir());
    adminEnv.write(control.apiKeys().bootstrap(adminEnv.key()), config.apiUrl());

    ImageRecipes recipes = new ImageRecipes(config.installation().images(), config.imageCache());
    DefaultImages images = new DefaultImages(recipes, engine.images(), control.snapshots());
    images.announce();
    WebServer web = parts.add(startWeb(config, parts, control, engine));
    parts.add(startProxy(config, control, engine, web.port()));
    parts.add(images).offerInBackground(progress);
    return new Server(config, adminEnv, parts);
  }

  /** A host that will not do must not leave a database behind that is just starting. */
  private static Engine openEngine(
      ServerConfig config, Closing parts, CompletableFuture<DatabaseConfig> database) {
    try {
      return parts.add(Engine.open(engineConfig(config)));
    } catch (RuntimeException e) {
      database.handle((started, failure) -> started).join();
      throw e;
    }
  }

  private static DatabaseConfig await(CompletableFuture<DatabaseConfig> database) {
    try {
      return database.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PaddockException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static DatabaseConfig database(ServerConfig config, Closing parts) {
    return config
        .databaseUrl()
        .map(DatabaseConfig::parse)
        .orElseGet(() ->
            parts.add(EmbeddedPostgres.start(config.dataDir().resolve("postgres"))).database());
  }

  private static EngineConfig engineConfig(ServerConfig config) {
    return EngineConfig.defaults(
            config.dataDir().resolve("engine"),
            config.installation().agent(),
            config.installation().launcher())
        .withRuntime(config.runtimes().usual())
        .withReadySandboxes(config.readySandboxes());
  }

  private static ControlConfig controlConfig(ServerConfig config, DatabaseConfig database) {
    return new ControlConfig(
        database,
        config.dataDir().resolve("control"),
        new PublicAddresses(
            config.proxyProtocol(), config.proxyDomain(), config.publicUrl() + "/toolbox"),
        defaults(config),
        config.admission(),
        config.warmPools());
  }

  private static Defaults defaults(ServerConfig config) {
    Defaults usual = Defaults.standard(DefaultImage.SANDBOX.snapshot(), config.runtimes());
    return new Defaults(
        config.region(),
        usual.snapshot(),
        usual.limits(),
        usual.runtimes(),
        usual.buildWait(),
        usual.reconcileEvery());
  }

  private static WebServer startWeb(
      ServerConfig config, Closing parts, Control control, Engine engine) throws IOException {
    Authentication authentication =
        new Authentication(control.apiKeys(), control.sandboxes(), Clock.systemUTC());
    Path spool = Files.createDirectories(config.dataDir().resolve("spool"));
    Toolbox toolbox =
        parts.add(
            new Toolbox(new ServedSandboxes(control.sandboxes(), engine), Version.TEXT, spool));
    List<RouteGroup> groups =
        new ArrayList<>(
            toolbox.groups(
                authentication::byKeyOrPreviewToken, authentication::byKeyTokenOrSignature));
    groups.addAll(api(config, control).groups(authentication::byKey));
    groups.add(ApiPages.about("Paddock", Version.TEXT, documented(groups)));
    return WebServer.start(config.host(), config.apiPort(), WebLimits.defaults(), groups);
  }

  /** The toolbox's old address would only repeat the new one. */
  private static List<RouteGroup> documented(List<RouteGroup> groups) {
    return groups.stream().filter(group -> !group.prefix().equals(Toolbox.LEGACY_PREFIX)).toList();
  }

  private static Api api(ServerConfig config, Control control) {
    ApiAddresses addresses =
        new ApiAddresses(
            config.apiUrl(),
            config.publicUrl() + "/toolbox",
            config.proxyProtocol() + "://{{PORT}}-{{sandboxId}}." + config.proxyDomain(),
            config.publicUrl() + "/");
    return new Api(control, addresses, Version.TEXT, DefaultImage.SANDBOX.snapshot());
  }

  private static PreviewProxy startProxy(
      ServerConfig config, Control control, Engine engine, int apiPort) {
    ProxyConfig proxy =
        new ProxyConfig(
            config.host(),
            config.proxyPort(),
            config.proxyDomain(),
            config.proxyProtocol(),
            URI.create("http://" + config.host() + ":" + apiPort),
            Version.TEXT);
    return PreviewProxy.start(
        proxy, new PreviewSandboxes(control.sandboxes(), control.apiKeys(), engine));
  }

  /** Base of the API as clients use it. */
  public String apiUrl() {
    return config.apiUrl();
  }

  /** The file with the key and the URL for clients. */
  public Path adminEnv() {
    return adminEnv.file();
  }

  /** Ends running requests within a bounded time; sandboxes go on. */
  @Override
  public void close() {
    parts.close();
  }
}
