package dev.paddock.engine.image;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the storage held at one moment. */
final class Catalogue {
  private final Map<String, StoredImage> byId;
  private final Map<String, StoredImage> byName;

  private Catalogue(Map<String, StoredImage> byId, Map<String, StoredImage> byName) {
    this.byId = Map.copyOf(byId);
    this.byName = Map.copyOf(byName);
  }

  static Catalogue of(List<StoredImage> images) {
    Map<String, StoredImage> byId = new HashMap<>();
    Map<String, StoredImage> byName = new HashMap<>();
    for (StoredImage image : images) {
      byId.put(image.id(), image);
      image.tags().forEach(name -> byName.put(name, image));
      image.digests().forEach(name -> byName.put(name, image));
    }
    return new Catalogue(byId, byName);
  }

  Optional<StoredImage> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<StoredImage> byName(ImageReference name) {
    return Optional.ofNullable(byName.get(name.toString()));
  }

  Collection<StoredImage> images() {
    return byId.values();
  }
}
