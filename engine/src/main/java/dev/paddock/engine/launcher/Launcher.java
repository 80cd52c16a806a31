package dev.paddock.engine.launcher;

import dev.paddock.engine.cgroup.GroupLimits;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.PidFd;
import dev.paddock.engine.host.StartedProcess;
import dev.paddock.engine.launcher.LauncherConnection.Answer;
import dev.paddock.engine.launcher.wire.Launch;
import dev.paddock.engine.launcher.wire.MakeCell;
import dev.paddock.engine.launcher.wire.MakeIdMap;
import dev.paddock.engine.launcher.wire.Request;
import dev.paddock.engine.rootfs.IdRange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's launcher: a process that does what a JVM cannot, which is to fork, enter namespaces
 * and become another program. One that ends is replaced when it is next needed; no sandbox is tied
 * to it. Methods block for at most half a minute and may be called from any number of threads.
 */
public final class Launcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  private final LauncherGround ground;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile LauncherConnection connection;

  private Launcher(LauncherGround ground, LauncherConnection connection) {
    this.ground = ground;
    this.connection = connection;
  }

  /**
   * Starts the launcher.
   *
   * @throws dev.paddock.model.failure.UnavailableException when this host does not let it work
   */
  public static Launcher open(LauncherGround ground) throws IOException {
    return new Launcher(ground, connect(ground));
  }

  private static LauncherConnection connect(LauncherGround ground) throws IOException {
    return LauncherConnection.open(ground.program(), LaunchPolicy.on(ground));
  }

  /**
   * Makes a cell; returns when its first process runs the agent.
   *
   * @param groups its control groups, which do not exist yet, one for each parent
   * @param socket the agent's listening socket; closed by the caller
   * @param network its network namespace
   * @param ahead whether nobody waits for it, so that it gives way to other work
   * @throws LauncherGone when the launcher ended meanwhile, and the process may or may not be there
   */
  public StartedProcess makeCell(
      IdRange ids, List<GroupLimits> groups, Fd socket, Fd network, boolean ahead)
      throws IOException {
    MakeCell what =
        MakeCell.newBuilder()
            .setFirstId(ids.first())
            .setIds(IdRange.SIZE)
            .addAllControlGroups(LaunchSpec.written(groups))
            .setAhead(ahead)
            .build();
    Answer answer = current().call(Request.newBuilder().setMakeCell(what), socket, network);
    return StartedProcess.of(
        answer.reply().getCell().getPid(), PidFd.of(answer.descriptors().getFirst()));
  }

  /**
   * Makes a sandbox of a cell.
   *
   * @param cell its first process
   * @param idMap user namespace of the root's id map
   * @throws LauncherGone when the launcher ended meanwhile, and the cell is of no use any more
   */
  public void launch(LaunchSpec spec, PidFd cell, Fd idMap) throws IOException {
    Launch what = spec.written(ground.dataDirectory());
    current().call(Request.newBuilder().setLaunch(what), cell.descriptor(), idMap);
  }

  /**
   * A user namespace that holds the map for id-mapped mounts: ids from 0 on stand for the host's
   * from {@code first} on, and the one after the last for the host's root.
   */
  public Fd idMap(int first, int size) throws IOException {
    MakeIdMap what = MakeIdMap.newBuilder().setFirstId(first).setIds(size).build();
    Request.Builder request = Request.newBuilder().setMakeIdMap(what);
    try {
      return current().call(request).descriptors().getFirst();
    } catch (LauncherGone e) {
      return current().call(request).descriptors().getFirst();
    }
  }

  private LauncherConnection current() throws IOException {
    LauncherConnection now = connection;
    return now.isGone() ? replaced(now) : now;
  }

  private LauncherConnection replaced(LauncherConnection ended) throws IOException {
    starting.lock();
    try {
      if (connection == ended) {
        LOG.warn("The launcher ended and is started again; sandboxes go on");
        ended.close();
        connection = connect(ground);
      }
      return connection;
    } finally {
      starting.unlock();
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
