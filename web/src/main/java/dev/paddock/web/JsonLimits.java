package dev.paddock.web;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * How much JSON that others wrote may say. Its length alone bounds no memory: {@code [{},{}]} costs
 * thirty times its bytes once it is bound to objects.
 */
public final class JsonLimits {
  /** Braces, brackets, names and values of one text. */
  public static final int TOKENS = 200_000;

  private static final JsonFactory FACTORY = factory();

  private JsonLimits() {}

  /** Whether something could not be read because it says more than may be. */
  public static boolean passed(JacksonException failure) {
    return failure instanceof StreamConstraintsException
        || failure.getCause() instanceof StreamConstraintsException;
  }

  /**
   * How many braces, brackets, names and values a text has. Keeps nothing of it.
   *
   * @throws JacksonException when it is no JSON, or has more than {@link #TOKENS}
   */
  public static int count(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        tokens++;
      }
      return tokens;
    }
  }

  /** What reads JSON up to the limits, and fails beyond before it has kept the rest. */
  public static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(TOKENS).build())
        .build();
  }
}
