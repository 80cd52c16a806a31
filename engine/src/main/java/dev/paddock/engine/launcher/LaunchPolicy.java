package dev.paddock.engine.launcher;

import dev.paddock.engine.confinement.ClosedSystemCalls;
import dev.paddock.engine.confinement.Confinement;
import dev.paddock.engine.confinement.SystemCallRule;
import dev.paddock.engine.launcher.wire.Policy;
import dev.paddock.engine.view.OwnLimits;
import java.io.IOException;
import java.nio.file.Path;

/** Says to the launcher what all sandboxes of one engine have in common. */
final class LaunchPolicy {
  /** Launches at once for each processor: a launch waits for the kernel now and then. */
  private static final int WORKERS_PER_PROCESSOR = 2;

  private LaunchPolicy() {}

  /** The policy on a ground. */
  static Policy on(LauncherGround ground) throws IOException {
    Policy.Builder policy =
        Policy.newBuilder()
            .setDataDirectory(ground.dataDirectory().toString())
            .setRoom(ground.room().toString())
            .setAgent(ground.agent().toString())
            .setResolverFile(ground.resolverFile().toString())
            .addAllMasked(Confinement.MASKED)
            .addAllReadOnly(Confinement.READ_ONLY)
            .setOpenFiles(ground.openFiles())
            .setUnified(ground.groups().unified())
            .setWorkers(WORKERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
    ground.limits().ifPresent(limits -> show(policy, limits));
    Confinement.CAPABILITIES.forEach(capability -> policy.addCapabilities(capability.number()));
    ClosedSystemCalls.RULES.forEach(rule -> policy.addRules(written(rule)));
    ground.groups().parents().forEach(group -> policy.addControlGroups(group.toString()));
    ground.groups().shared().forEach(group -> policy.addEnteredGroups(group.toString()));
    return policy.build();
  }

  private static void show(Policy.Builder policy, Path limits) {
    policy
        .setLimits(limits.toString())
        .addAllProcLimits(OwnLimits.PROC_FILES)
        .setSysLimits(OwnLimits.PROCESSORS);
  }

  private static dev.paddock.engine.launcher.wire.SystemCallRule written(SystemCallRule rule) {
    var written =
        dev.paddock.engine.launcher.wire.SystemCallRule.newBuilder()
            .setName(rule.name())
            .setErrno(rule.errno());
    switch (rule.condition()) {
      case ALWAYS -> written.clearCondition();
      case ANY_BIT_OF -> written.setAnyBitOf(rule.value());
      case EQUAL_TO -> written.setEqualTo(rule.value());
      case GREATER_THAN -> written.setGreaterThan(rule.value());
    }
    return written.build();
  }
}
