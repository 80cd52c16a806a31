package dev.paddock.engine.runtime;

import dev.paddock.engine.confinement.ClosedSystemCalls;
import dev.paddock.engine.confinement.SystemCallRule;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules on system calls as the OCI runtime specification writes them. */
final class SeccompProfile {
  private SeccompProfile() {}

  static Map<String, Object> profile() {
    List<Object> rules = ClosedSystemCalls.RULES.stream().flatMap(SeccompProfile::written).toList();
    return Map.of(
        "defaultAction",
        "SCMP_ACT_ALLOW",
        "architectures",
        List.of(architecture()),
        "syscalls",
        rules);
  }

  private static Stream<Object> written(SystemCallRule rule) {
    return switch (rule.condition()) {
      case ALWAYS -> Stream.of(entry(rule, List.of()));
      case EQUAL_TO -> Stream.of(onArgument(rule, "SCMP_CMP_EQ", rule.value(), 0));
      case GREATER_THAN -> Stream.of(onArgument(rule, "SCMP_CMP_GT", rule.value(), 0));
      case ANY_BIT_OF ->
          IntStream.range(0, Integer.SIZE)
              .mapToObj(bit -> 1 << bit)
              .filter(flag -> (rule.value() & flag) != 0)
              .map(flag -> onArgument(rule, "SCMP_CMP_MASKED_EQ", flag, flag));
    };
  }

  private static Object onArgument(SystemCallRule rule, String comparison, int value, int second) {
    Map<String, Object> argument =
        Map.of("index", 0, "op", comparison, "value", value, "valueTwo", second);
    return entry(rule, List.of(argument));
  }

  private static Object entry(SystemCallRule rule, List<Object> arguments) {
    return Map.of(
        "names",
        List.of(rule.name()),
        "action",
        "SCMP_ACT_ERRNO",
        "errnoRet",
        rule.errno(),
        "args",
        arguments);
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64")
        ? "SCMP_ARCH_AARCH64"
        : "SCMP_ARCH_X86_64";
  }
}
