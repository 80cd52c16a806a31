package dev.paddock.control.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.paddock.control.activity.LastUse;
import dev.paddock.control.secret.Tokens;
import dev.paddock.control.store.ApiKeyStore;
import dev.paddock.control.store.TenancyStore.FirstTenant;
import dev.paddock.control.validation.Names;
import dev.paddock.model.access.ApiKey;
import dev.paddock.model.access.Caller;
import dev.paddock.model.access.CreatedKey;
import dev.paddock.model.access.Permission;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnauthorizedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Use cases on API keys. Only hashes of their values are kept. */
public final class ApiKeys {
  private static final String PREFIX = "dtn_";
  private static final int SECRET_BYTES = 32;
  private static final int SHOWN_SUFFIX = 3;
  private static final Pattern FORM = Pattern.compile("dtn_[0-9a-f]{64}");
  private static final String BOOTSTRAP_NAME = "bootstrap";

  /** How long a key that was taken back or has expired may still work elsewhere. */
  private static final Duration CACHED = Duration.ofSeconds(10);

  private final ApiKeyStore store;
  private final FirstTenant tenant;
  private final LastUse<String> lastUse;
  private final Clock clock;
  private final Cache<String, ApiKey> cache =
      Caffeine.newBuilder().expireAfterWrite(CACHED).maximumSize(10_000).build();

  /**
   * Keys on a store.
   *
   * @param tenant whose the bootstrap key is
   */
  public ApiKeys(ApiKeyStore store, FirstTenant tenant, Clock clock) {
    this.store = store;
    this.tenant = tenant;
    this.lastUse = new LastUse<>(clock, store::touch);
    this.clock = clock;
  }

  /**
   * Makes sure of the key that needs no browser: the owner's, with all permissions.
   *
   * @param known the key that was handed out before, which stays or becomes valid; when absent a
   *     new one takes the place of any earlier one
   * @return the key in the clear, for a file that only the owner reads
   * @throws InvalidException when the known key has not the form {@code dtn_} + 64 hex digits
   */
  public String bootstrap(Optional<String> known) {
    String value = known.orElseGet(() -> PREFIX + Tokens.random(SECRET_BYTES));
    if (!FORM.matcher(value).matches()) {
      throw new InvalidException(
          "The API key of this installation must be dtn_ and 64 hexadecimal digits");
    }
    byte[] hash = Tokens.hash(value);
    if (store.find(hash).isEmpty()) {
      Caller owner = new Caller(tenant.userId(), tenant.organizationId(), Permission.all());
      store.replaceBootstrap(
          describe(owner, BOOTSTRAP_NAME, value, Permission.all(), Optional.empty()), hash);
      cache.invalidateAll();
    }
    return value;
  }

  /**
   * Whose key it is.
   *
   * @param token what follows {@code Bearer}
   * @throws UnauthorizedException when no valid key has that value
   */
  public Caller authenticate(String token) {
    ApiKey key = current(token);
    return new Caller(key.userId(), key.organizationId(), key.permissions());
  }

  /**
   * The key of that value.
   *
   * @throws UnauthorizedException when no valid key has it
   */
  public ApiKey current(String token) {
    if (!FORM.matcher(token).matches()) {
      throw invalid();
    }
    byte[] hash = Tokens.hash(token);
    String digits = HexFormat.of().formatHex(hash);
    ApiKey key = cache.getIfPresent(digits);
    if (key == null) {
      key = store.find(hash).orElseThrow(ApiKeys::invalid);
      cache.put(digits, key);
    }
    if (key.expiresAt().filter(end -> !end.isAfter(clock.instant())).isPresent()) {
      throw invalid();
    }
    lastUse.touch(digits);
    return key;
  }

  /**
   * Hands out a key.
   *
   * @param permissions words of {@link Permission}
   * @throws InvalidException when the name, a permission or the expiry is not valid
   */
  public CreatedKey create(
      Caller caller, String name, Set<String> permissions, Optional<Instant> expiresAt) {
    Names.display("name", name);
    if (!Permission.all().containsAll(permissions)) {
      throw new InvalidException("permissions hold a word that is none: " + permissions);
    }
    if (!caller.permissions().containsAll(permissions)) {
      throw new InvalidException("A key cannot allow more than the caller may do");
    }
    if (expiresAt.filter(end -> !end.isAfter(clock.instant())).isPresent()) {
      throw new InvalidException("expiresAt must lie in the future");
    }
    String value = PREFIX + Tokens.random(SECRET_BYTES);
    ApiKey key = describe(caller, name, value, permissions, expiresAt);
    store.insert(key, Tokens.hash(value));
    return new CreatedKey(key, value);
  }

  /** The caller's keys, oldest first. */
  public List<ApiKey> list(Caller caller) {
    return store.list(caller.organizationId(), caller.userId());
  }

  /**
   * Takes a key back. Whoever could have made it may do so: one key ends itself and those of its
   * user that allow no more than it does, so that a weak key that leaks cannot lock its owner out.
   *
   * @throws NotFoundException when the caller has none of that name
   * @throws ForbiddenException when it allows more than the caller may do
   */
  public void delete(Caller caller, String name) {
    byte[] hash = store.remove(caller, name).orElseThrow(() -> notRemoved(caller, name));
    cache.invalidate(HexFormat.of().formatHex(hash));
  }

  private PaddockException notRemoved(Caller caller, String name) {
    return list(caller).stream().anyMatch(key -> key.name().equals(name))
        ? new ForbiddenException(
            "Access denied: API key "
                + name
                + " allows more than the one in use; delete it with a key that has all of its"
                + " permissions")
        : new NotFoundException("API key " + name + " not found");
  }

  /** Writes noted uses to disk. */
  public void flush() {
    lastUse.flush();
  }

  private ApiKey describe(
      Caller caller,
      String name,
      String value,
      Set<String> permissions,
      Optional<Instant> expiresAt) {
    String masked = PREFIX + "*".repeat(20) + value.substring(value.length() - SHOWN_SUFFIX);
    return new ApiKey(
        name,
        masked,
        caller.userId(),
        caller.organizationId(),
        permissions,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        Optional.empty(),
        expiresAt);
  }

  private static UnauthorizedException invalid() {
    return new UnauthorizedException("Invalid credentials");
  }
}
