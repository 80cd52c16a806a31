package dev.paddock.control.region;

import dev.paddock.control.store.TenancyStore;
import dev.paddock.model.Region;
import dev.paddock.model.failure.InvalidException;
import java.util.List;
import java.util.Optional;

/** The regions of this installation. */
public final class Regions {
  private final TenancyStore store;
  private final String defaultId;

  /**
   * On a store that holds the default region.
   *
   * @param defaultId the region of callers who name none
   */
  public Regions(TenancyStore store, String defaultId) {
    this.store = store;
    this.defaultId = defaultId;
  }

  /** All regions, by id. */
  public List<Region> list() {
    return store.regions();
  }

  /**
   * The id of the region that a caller means.
   *
   * @throws InvalidException when there is none of that id
   */
  public String resolve(Optional<String> id) {
    String wanted = id.filter(text -> !text.isEmpty()).orElse(defaultId);
    if (!wanted.equals(defaultId)
        && store.regions().stream().noneMatch(region -> region.id().equals(wanted))) {
      throw new InvalidException("Region " + wanted + " not found");
    }
    return wanted;
  }
}
