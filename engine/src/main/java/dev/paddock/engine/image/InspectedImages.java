package dev.paddock.engine.image;

import dev.paddock.model.ImageInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what podman tells of images: lines of a keyword and a value. Values that an image's author
 * chooses come as hex digits, so that none can pass for another line.
 */
final class InspectedImages {
  /** The template for {@code podman image inspect --format}. */
  static final String FORMAT =
      "id {{.Id}}{{\"\\n\"}}size {{.Size}}{{\"\\n\"}}"
          + "user {{printf \"%x\" .Config.User}}{{\"\\n\"}}"
          + "dir {{printf \"%x\" .Config.WorkingDir}}{{\"\\n\"}}"
          + each(".Config.Env", "env")
          + each(".Config.Entrypoint", "arg")
          + each(".Config.Cmd", "arg")
          + each(".RepoTags", "tag")
          + each(".RepoDigests", "digest")
          + "{{with .GraphDriver.Data.UpperDir}}upper {{printf \"%x\" .}}{{end}}{{\"\\n\"}}"
          + "{{with .GraphDriver.Data.LowerDir}}lower {{printf \"%x\" .}}{{end}}{{\"\\n\"}}"
          + "end{{\"\\n\"}}";

  private static final Logger LOG = LoggerFactory.getLogger(InspectedImages.class);

  private final List<StoredImage> images = new ArrayList<>();
  private final Path noLayer;
  private Fields current = new Fields();

  /**
   * @param noLayer the directory that stands for an image without layers
   */
  InspectedImages(Path noLayer) {
    this.noLayer = noLayer;
  }

  private static String each(String list, String keyword) {
    return "{{range " + list + "}}" + keyword + " {{printf \"%x\" .}}{{\"\\n\"}}{{end}}";
  }

  /** The images whose lines are complete. */
  List<StoredImage> images() {
    return List.copyOf(images);
  }

  void accept(String line) {
    int blank = line.indexOf(' ');
    String keyword = blank < 0 ? line : line.substring(0, blank);
    String value = blank < 0 ? "" : line.substring(blank + 1);
    switch (keyword) {
      case "id" -> current.id = value;
      case "size" -> current.size = Long.parseLong(value);
      case "user" -> current.user = text(value);
      case "dir" -> current.workDir = text(value);
      case "env" -> current.variable(text(value));
      case "arg" -> current.arguments.add(text(value));
      case "tag" -> current.tags.add(text(value));
      case "digest" -> current.digests.add(text(value));
      case "upper" -> current.layers.addFirst(Path.of(text(value)));
      case "lower" -> List.of(text(value).split(":", -1)).forEach(current::layer);
      case "end" -> finish();
      default -> LOG.debug("podman says while it describes images: {}", line);
    }
  }

  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  private void finish() {
    images.add(current.image(noLayer));
    current = new Fields();
  }

  /** The fields of the image whose lines are being read. */
  private static final class Fields {
    private String id = "";
    private long size;
    private String user = "";
    private String workDir = "";
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private final List<Path> layers = new ArrayList<>();

    void variable(String assignment) {
      int equals = assignment.indexOf('=');
      if (equals > 0) {
        env.put(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
    }

    void layer(String directory) {
      layers.add(Path.of(directory));
    }

    StoredImage image(Path noLayer) {
      return new StoredImage(
          new ImageInfo(id, id, size, env, arguments, user, workDir),
          List.copyOf(tags),
          List.copyOf(digests),
          layers.isEmpty() ? List.of(noLayer) : List.copyOf(layers));
    }
  }
}
