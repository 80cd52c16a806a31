package dev.paddock.engine;

import dev.paddock.engine.cell.CellMaker;
import dev.paddock.engine.cell.CellPool;
import dev.paddock.engine.cgroup.ControlGroups;
import dev.paddock.engine.cgroup.GroupLayout;
import dev.paddock.engine.confinement.Confinement;
import dev.paddock.engine.host.VolatileDirectory;
import dev.paddock.engine.image.ImageStore;
import dev.paddock.engine.launcher.Launcher;
import dev.paddock.engine.launcher.LauncherGround;
import dev.paddock.engine.network.BlockClaims;
import dev.paddock.engine.network.HostFirewall;
import dev.paddock.engine.network.NetworkBlock;
import dev.paddock.engine.network.Resolvers;
import dev.paddock.engine.rootfs.BlankDirectories;
import dev.paddock.engine.rootfs.MountRoom;
import dev.paddock.engine.rootfs.Skeleton;
import dev.paddock.engine.runtime.NativeRuntime;
import dev.paddock.engine.runtime.OciRuntime;
import dev.paddock.engine.runtime.RuntimeHost;
import dev.paddock.engine.runtime.Runtimes;
import dev.paddock.engine.sandbox.ExitWatcher;
import dev.paddock.engine.sandbox.SandboxDirectories;
import dev.paddock.engine.sandbox.SandboxHost;
import dev.paddock.engine.sandbox.Sandboxes;
import dev.paddock.engine.slot.AgentSockets;
import dev.paddock.engine.slot.SlotClearance;
import dev.paddock.engine.slot.SlotPool;
import dev.paddock.engine.view.OwnLimits;
import dev.paddock.model.runner.ObservedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Everything an engine holds of its host, opened in order and closed in reverse. */
final class HostResources implements AutoCloseable {
  private final EngineConfig config;
  private final Closing closing;
  private final NetworkBlock block;
  private final ImageStore images;
  private final Sandboxes sandboxes;

  private HostResources(EngineConfig config, Closing closing) throws IOException {
    this.config = config;
    this.closing = closing;
    Files.createDirectories(config.dataDir());
    VolatileDirectory.prepare(config.hostDir());
    closing.add(DataDirectoryLock.take(config.dataDir()));
    BlankDirectories blanks =
        closing.add(
            BlankDirectories.open(config.dataDir().resolve("blank"), config.readySandboxes()));
    SandboxDirectories directories =
        SandboxDirectories.open(config.dataDir(), config.runDir(), blanks);
    ControlGroups cgroups = ControlGroups.detect(config.controlGroup());
    this.block = new BlockClaims(config.claimsDir()).claim(config.dataDir(), config.network());
    List<Inet4Address> resolvers = Resolvers.find();
    HostFirewall firewall = new HostFirewall(block);
    firewall.apply(resolvers);
    closing.add(cgroups::removeParentIfEmpty);
    MountRoom room = closing.add(MountRoom.open(config.runDir()));
    GroupLayout groups = cgroups.layout();
    RuntimeHost runtimeHost =
        runtimeHost(cgroups, groups, room, resolvers, OwnLimits.serve(config.limitsDir()));
    Launcher launcher = closing.add(Launcher.open(ground(runtimeHost, groups)));
    SlotPool slots =
        closing.add(new SlotPool(block, config.readySandboxes(), cgroups, launcher::idMap));
    AgentSockets sockets = AgentSockets.open(config.runDir().resolve("agents"));
    SlotClearance clearance = new SlotClearance(slots, sockets, cgroups);
    CellMaker cellMaker =
        new CellMaker(launcher, slots, groups, config.processesPerSandbox(), sockets, clearance);
    CellPool cells = closing.add(new CellPool(cellMaker, config.readySandboxes()));
    ExitWatcher watcher = closing.add(new ExitWatcher());
    Runtimes runtime =
        new Runtimes(
            new NativeRuntime(launcher, cells, cellMaker),
            new OciRuntime(runtimeHost, room, slots, sockets, clearance));
    SandboxHost host =
        new SandboxHost(
            directories,
            Skeleton.prepare(config.dataDir().resolve("skeleton")),
            slots,
            sockets,
            clearance,
            cgroups,
            runtime,
            config.runtime(),
            watcher);
    this.sandboxes = closing.add(new Sandboxes(host));
    this.images = imageStore(directories);
    closing.add(() -> leaveHostTidy(firewall));
    sandboxes.adopt();
    blanks.fill();
    if (config.runtime().equals(NativeRuntime.NAME)) {
      cells.fill();
    } else {
      slots.fill();
    }
  }

  static HostResources open(EngineConfig config) throws IOException {
    Closing closing = new Closing();
    try {
      return new HostResources(config, closing);
    } catch (IOException | RuntimeException e) {
      closing.closeAfter(e);
      throw e;
    }
  }

  private RuntimeHost runtimeHost(
      ControlGroups cgroups,
      GroupLayout groups,
      MountRoom room,
      List<Inet4Address> resolvers,
      Optional<Path> limits)
      throws IOException {
    Path resolverFile = config.runDir().resolve("resolv.conf");
    Files.writeString(resolverFile, Resolvers.configuration(resolvers));
    return new RuntimeHost(
        Files.createDirectories(config.runDir().resolve("runtime")),
        config.agentBinary().toRealPath(),
        room.sysfs(),
        resolverFile,
        limits,
        groups.processors(),
        cgroups,
        cgroups.limitsSwap(),
        config.processesPerSandbox(),
        openFilesLimit());
  }

  private LauncherGround ground(RuntimeHost host, GroupLayout groups) throws IOException {
    return new LauncherGround(
        config.launcherBinary().toRealPath(),
        config.dataDir(),
        Files.createDirectories(config.runDir().resolve("launcher")),
        host.agent(),
        host.resolverFile(),
        host.limits(),
        groups,
        host.openFilesLimit());
  }

  private ImageStore imageStore(SandboxDirectories directories) {
    return new ImageStore(
        config.dataDir().resolve("images"),
        config.runDir().resolve("images"),
        image -> isUsed(directories, image));
  }

  private static boolean isUsed(SandboxDirectories directories, String image) {
    try {
      return directories.usesImage(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long openFilesLimit() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        String hard = line.strip().split("\\s{2,}", -1)[2];
        return hard.equals("unlimited")
            ? Confinement.OPEN_FILES
            : Math.min(Confinement.OPEN_FILES, Long.parseLong(hard));
      }
    }
    throw new IOException("The kernel does not tell the limit of open files");
  }

  private void leaveHostTidy(HostFirewall firewall) throws IOException {
    if (!sandboxes.observe().containsValue(ObservedState.RUNNING)) {
      firewall.remove();
    }
  }

  NetworkBlock block() {
    return block;
  }

  ImageStore images() {
    return images;
  }

  Sandboxes sandboxes() {
    return sandboxes;
  }

  @Override
  public void close() {
    closing.close();
  }
}
