package dev.paddock.server.config;

import dev.paddock.control.admission.AdmissionLimits;
import dev.paddock.model.failure.InvalidException;
import java.time.Duration;
import java.util.Map;

/** Reads how much the host takes on. */
final class AdmissionSettings {
  private static final int MOST = 1_000_000;

  private final Map<String, String> environment;

  private AdmissionSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The limits as set, else the usual ones.
   *
   * @param cpus of the host
   * @throws InvalidException naming the setting that is wrong
   */
  static AdmissionLimits read(Map<String, String> environment, int cpus) {
    AdmissionLimits usual = AdmissionLimits.standard(cpus);
    AdmissionSettings settings = new AdmissionSettings(environment);
    return new AdmissionLimits(
        settings.count("PADDOCK_CREATES_AT_ONCE", 1, usual.atOnce()),
        settings.count("PADDOCK_QUEUE_LENGTH", 0, usual.waiting()),
        Duration.ofSeconds(
            settings.count("PADDOCK_QUEUE_SECONDS", 0, (int) usual.patience().toSeconds())),
        settings.factor("PADDOCK_CPU_OVERCOMMIT", usual.cpuOvercommit()),
        settings.factor("PADDOCK_MEMORY_OVERCOMMIT", usual.memoryOvercommit()));
  }

  private int count(String name, int least, int otherwise) {
    double number = number(name, otherwise);
    if (number >= least && number <= MOST && number == Math.rint(number)) {
      return (int) number;
    }
    throw new InvalidException(name + " is a whole number from " + least + " on: " + number);
  }

  private double factor(String name, double otherwise) {
    double number = number(name, otherwise);
    if (number > 0 && number <= MOST) {
      return number;
    }
    throw new InvalidException(name + " is a number above 0: " + number);
  }

  private double number(String name, double otherwise) {
    String text = environment.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidException(name + " is not a number: " + text, e);
    }
  }
}
