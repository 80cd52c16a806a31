package dev.paddock.control.image;

import dev.paddock.control.secret.Tokens;
import dev.paddock.control.validation.Names;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.snapshot.BuildRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an image comes into the store.
 *
 * @param reference what it will be called there
 * @param dockerfile what to build; absent means the reference is fetched
 */
public record ImagePlan(String reference, Optional<String> dockerfile) {
  private static final int MAX_DOCKERFILE = 256 * 1024;
  private static final String BUILT = "localhost/paddock-build:";
  private static final Pattern FROM = Pattern.compile("FROM\\s+(\\S+)", Pattern.CASE_INSENSITIVE);

  /** Fetches an image. */
  public static ImagePlan pull(String reference) {
    return new ImagePlan(Names.requireImage(reference), Optional.empty());
  }

  /**
   * What a Dockerfile needs. One that consists of its FROM only, which is how clients write a mere
   * image name, needs a fetch and no build. Equal Dockerfiles share one image.
   *
   * @throws InvalidException when it is empty, too long, or copies from uploaded files
   */
  public static ImagePlan of(BuildRequest request) {
    if (!request.contextHashes().isEmpty()) {
      throw new InvalidException(
          "Local files in an image need object storage, which this server does not have; clone or"
              + " download them in a RUN step instead");
    }
    String text = request.dockerfile();
    if (text.isBlank() || text.length() > MAX_DOCKERFILE || text.indexOf('\0') >= 0) {
      throw new InvalidException(
          "dockerfileContent must have 1 to " + MAX_DOCKERFILE + " characters");
    }
    List<String> instructions =
        text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    if (instructions.size() == 1) {
      Matcher from = FROM.matcher(instructions.getFirst());
      if (from.matches() && !from.group(1).equals("scratch")) {
        return pull(from.group(1));
      }
    }
    String hash = HexFormat.of().formatHex(Tokens.hash(text));
    return new ImagePlan(BUILT + hash, Optional.of(text));
  }
}
