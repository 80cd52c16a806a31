package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.HelloReply;
import dev.paddock.engine.agent.wire.Metrics;
import dev.paddock.engine.agent.wire.PortList;
import dev.paddock.engine.agent.wire.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the protocol's messages as our own records, refusing what cannot be. */
final class Replies {
  private static final long NANOS = 1_000_000_000L;

  private Replies() {}

  /** The response, which has to hold what was asked for. */
  static Response require(Response response, Response.ResultCase expected) {
    if (response.getResultCase() != expected) {
      throw AgentErrors.violation(new ProtocolViolation("another answer than was asked for"));
    }
    return response;
  }

  /** A count, which the protocol's unsigned 64 bits could make negative here. */
  static long count(long value) {
    if (value < 0) {
      throw AgentErrors.violation(new ProtocolViolation("a count that cannot be"));
    }
    return value;
  }

  static AgentInfo hello(HelloReply reply) {
    return new AgentInfo(
        reply.getVersion(),
        AgentErrors.printable(reply.getAgentVersion()),
        AgentErrors.printable(reply.getBootId()),
        reply.getConfigured(),
        reply.getWorkDir(),
        reply.getHomeDir());
  }

  static ProcessInfo process(dev.paddock.engine.agent.wire.ProcessInfo process) {
    return new ProcessInfo(
        process.getId(),
        process.getPid(),
        process.getRunning(),
        process.getExitCode(),
        process.getTerminal(),
        process.hasSize() ? Optional.of(size(process.getSize())) : Optional.empty(),
        process.getCwd(),
        process.getEnvMap(),
        Instant.ofEpochMilli(process.getCreatedAtMillis()),
        count(process.getOutputBytes()),
        process.getLazyStart(),
        process.getCommand());
  }

  private static TerminalSize size(dev.paddock.engine.agent.wire.TerminalSize size) {
    return new TerminalSize(size.getColumns(), size.getRows());
  }

  static SessionInfo session(dev.paddock.engine.agent.wire.SessionInfo session) {
    List<SessionCommand> commands =
        session.getCommandsList().stream().map(Replies::sessionCommand).toList();
    return new SessionInfo(session.getId(), commands);
  }

  private static SessionCommand sessionCommand(
      dev.paddock.engine.agent.wire.SessionCommand command) {
    return new SessionCommand(
        command.getId(),
        command.getCommand(),
        command.getRunning(),
        command.getExitCode(),
        count(command.getOutputBytes()));
  }

  static FileInfo file(dev.paddock.engine.agent.wire.FileInfo file) {
    return new FileInfo(
        file.getName(),
        file.getPath(),
        type(file.getType()),
        count(file.getSize()),
        file.getMode() & 07777,
        Instant.ofEpochSecond(
            Math.floorDiv(file.getModifiedAtNanos(), NANOS),
            Math.floorMod(file.getModifiedAtNanos(), NANOS)),
        file.getUid(),
        file.getGid(),
        file.getOwner(),
        file.getGroup(),
        file.getSymlink());
  }

  private static FileType type(dev.paddock.engine.agent.wire.FileInfo.Type type) {
    return switch (type) {
      case FILE -> FileType.FILE;
      case DIRECTORY -> FileType.DIRECTORY;
      case SYMLINK -> FileType.SYMLINK;
      case FIFO -> FileType.FIFO;
      case SOCKET -> FileType.SOCKET;
      case CHARACTER_DEVICE -> FileType.CHARACTER_DEVICE;
      case BLOCK_DEVICE -> FileType.BLOCK_DEVICE;
      case OTHER, UNRECOGNIZED -> FileType.OTHER;
    };
  }

  static List<ListeningPort> ports(PortList ports) {
    return ports.getPortsList().stream()
        .filter(port -> isPort(port.getPort()))
        .map(port -> new ListeningPort(port.getPort(), port.getLoopbackOnly()))
        .toList();
  }

  static int port(int port) {
    if (!isPort(port)) {
      throw AgentErrors.violation(new ProtocolViolation("a port that is none"));
    }
    return port;
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= 65535;
  }

  static AgentMetrics metrics(Metrics metrics) {
    return new AgentMetrics(
        metrics.getCpuMicros(),
        metrics.getMemoryBytes(),
        metrics.getProcesses(),
        metrics.getDiskTotalBytes(),
        metrics.getDiskUsedBytes(),
        metrics.getMemoryTotalBytes(),
        metrics.getMemoryCacheBytes(),
        metrics.getProcessors(),
        percent(metrics.getCpuPercent()));
  }

  /** What is no number cannot be told on. */
  private static double percent(double claimed) {
    return Double.isFinite(claimed) ? Math.clamp(claimed, 0, 100) : 0;
  }
}
