package dev.paddock.control;

import dev.paddock.control.access.ApiKeys;
import dev.paddock.control.admission.Admission;
import dev.paddock.control.config.ControlConfig;
import dev.paddock.control.image.ImageSource;
import dev.paddock.control.pool.WarmPooling;
import dev.paddock.control.pool.WarmPools;
import dev.paddock.control.region.Regions;
import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.control.sandbox.Reconciler;
import dev.paddock.control.sandbox.SandboxParts;
import dev.paddock.control.sandbox.Sandboxes;
import dev.paddock.control.secret.SecretBox;
import dev.paddock.control.snapshot.Snapshots;
import dev.paddock.control.store.ApiKeyStore;
import dev.paddock.control.store.Database;
import dev.paddock.control.store.SandboxListing;
import dev.paddock.control.store.SandboxStore;
import dev.paddock.control.store.SnapshotStore;
import dev.paddock.control.store.TenancyStore;
import dev.paddock.control.store.TenancyStore.FirstTenant;
import dev.paddock.control.store.WarmPoolStore;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.runner.Runner;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control plane: the use cases on one database and one runner. It writes what is wanted, has
 * the runner do it, and repairs what a crash interrupted.
 */
public final class Control implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Control.class);
  private static final int FLUSH_SECONDS = 10;
  private static final int GRACE_SECONDS = 1;
  private static final int END_SECONDS = 10;

  private final Database database;
  private final ExecutorService background;
  private final ScheduledExecutorService timer;
  private final OfferedRuntimes runtimes;
  private final Regions regions;
  private final ApiKeys apiKeys;
  private final Snapshots snapshots;
  private final Admission admission;
  private final WarmPooling warmPooling;
  private final Sandboxes sandboxes;
  private final Reconciler reconciler;
  private final ReconcileLoop loop;

  private Control(ControlConfig config, Database database, Runner runner) {
    Clock clock = Clock.systemUTC();
    TenancyStore tenancy = new TenancyStore(database);
    Installation.requireSame(config.stateDir(), tenancy.installationId());
    tenancy.ensureRegion(config.defaults().region());
    this.database = database;
    runtimes = config.defaults().runtimes();
    background = Executors.newVirtualThreadPerTaskExecutor();
    timer = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("flush").factory());
    SecretBox box = SecretBox.open(config.stateDir().resolve("secret.key"));
    ImageSource images = new ImageSource(runner.images(), config.stateDir().resolve("builds"));
    regions = new Regions(tenancy, config.defaults().region());
    FirstTenant tenant = tenancy.ensureFirstTenant();
    apiKeys = new ApiKeys(new ApiKeyStore(database), tenant, clock);
    SnapshotStore snapshotStore = new SnapshotStore(database);
    snapshots = new Snapshots(snapshotStore, images, regions, config.defaults(), background, clock);
    admission = new Admission(config.admission(), runner::capacity);
    warmPooling =
        new WarmPooling(
            new WarmPooling.Needs(
                new WarmPoolStore(database, runtimes),
                snapshotStore,
                snapshots,
                regions,
                runner,
                admission,
                tenant.organizationId(),
                config.warmPools(),
                clock));
    SandboxParts parts =
        SandboxParts.assemble(
            new SandboxParts.Needs(
                new SandboxStore(database, box),
                new SandboxListing(database, box),
                box,
                runner,
                images,
                snapshots,
                regions,
                config.addresses(),
                config.defaults(),
                admission,
                warmPooling.stock(),
                background,
                clock));
    sandboxes = parts.sandboxes();
    reconciler = parts.reconciler();
    loop = new ReconcileLoop(reconciler, config.defaults().reconcileEvery());
  }

  /**
   * Connects to the database, brings it up to date, makes the first organisation, user and region,
   * and starts the reconciler, whose first pass runs in the background.
   *
   * @throws UnavailableException when the database does not answer or does not belong to the state
   *     directory
   */
  public static Control open(ControlConfig config, Runner runner) {
    Installation.prepare(config.stateDir());
    Database database = Database.open(config.database());
    try {
      Control control = new Control(config, database, runner);
      control.start(runner);
      return control;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** What sandboxes may be started by. */
  public OfferedRuntimes runtimes() {
    return runtimes;
  }

  /** Use cases on sandboxes. */
  public Sandboxes sandboxes() {
    return sandboxes;
  }

  /** Use cases on snapshots. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** Use cases on warm pools. */
  public WarmPools warmPools() {
    return warmPooling.pools();
  }

  /** Who is let in to the host. */
  public Admission admission() {
    return admission;
  }

  /** Use cases on API keys. */
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /** The regions. */
  public Regions regions() {
    return regions;
  }

  /** Whether the database answers. */
  public boolean ready() {
    return database.answers();
  }

  /** Brings records and host together now; blocks until that is done. */
  public void reconcile() {
    reconciler.pass();
  }

  /** Ends the background work and writes down what is noted. Sandboxes stay as they are. */
  @Override
  public void close() {
    warmPooling.close();
    loop.close();
    timer.shutdownNow();
    endBackground();
    flush();
    database.close();
  }

  private void start(Runner runner) {
    snapshots.resume();
    runner.onExit(id -> {
      warmPooling.ended(id);
      if (!reconciler.isBusy(id)) {
        loop.wake();
      }
    });
    var _ =
        timer.scheduleWithFixedDelay(this::flush, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
    loop.start();
    warmPooling.start();
  }

  /** What is nearly done gets time to end; an interrupt would cut its database connection. */
  private void endBackground() {
    background.shutdown();
    try {
      if (!background.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        background.shutdownNow();
        boolean ended = background.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        LOG.info("Background work was interrupted{}", ended ? "" : " and does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void flush() {
    try {
      sandboxes.flush();
      apiKeys.flush();
      snapshots.flush();
    } catch (RuntimeException e) {
      LOG.warn("Times of last use could not be written and are kept", e);
    }
  }
}
