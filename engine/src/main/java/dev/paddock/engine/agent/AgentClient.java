package dev.paddock.engine.agent;

import com.google.protobuf.ByteString;
import dev.paddock.engine.agent.wire.AttachTerminal;
import dev.paddock.engine.agent.wire.CreateSession;
import dev.paddock.engine.agent.wire.DeleteSession;
import dev.paddock.engine.agent.wire.Dial;
import dev.paddock.engine.agent.wire.Forward;
import dev.paddock.engine.agent.wire.GetMetrics;
import dev.paddock.engine.agent.wire.GetProcess;
import dev.paddock.engine.agent.wire.GetSession;
import dev.paddock.engine.agent.wire.Hello;
import dev.paddock.engine.agent.wire.ListPorts;
import dev.paddock.engine.agent.wire.ListProcesses;
import dev.paddock.engine.agent.wire.ListSessions;
import dev.paddock.engine.agent.wire.ReadOutput;
import dev.paddock.engine.agent.wire.RemoveProcess;
import dev.paddock.engine.agent.wire.Request;
import dev.paddock.engine.agent.wire.ResizeTerminal;
import dev.paddock.engine.agent.wire.Response;
import dev.paddock.engine.agent.wire.Response.ResultCase;
import dev.paddock.engine.agent.wire.RunInSession;
import dev.paddock.engine.agent.wire.Shutdown;
import dev.paddock.engine.agent.wire.SignalProcess;
import dev.paddock.engine.agent.wire.StartProcess;
import dev.paddock.engine.agent.wire.UpdateEnvironment;
import dev.paddock.engine.agent.wire.WriteInput;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Speaks to the agent of one sandbox. Cheap, immutable, thread-safe. Every method blocks and has an
 * end in time, but for reading what a running command may still say.
 *
 * <p>Failures are those of {@code dev.paddock.model.failure}, by what the agent reports; an agent
 * that lies, stalls or is dead is an {@code UnavailableException}.
 */
public final class AgentClient {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final AgentConnections connections;
  private final AgentFiles files;
  private final AgentSearch search;

  public AgentClient(AgentConnections connections) {
    this.connections = connections;
    this.files = new AgentFiles(connections);
    this.search = new AgentSearch(connections);
  }

  /** Waits until the agent is up, and asks who it is. */
  public AgentInfo hello(Duration timeout) {
    Response response =
        call(Requests.of().setHello(Hello.getDefaultInstance()), ResultCase.HELLO, timeout);
    return Replies.hello(response.getHello());
  }

  /** Tells the agent what the sandbox is; the first time it starts the entrypoint. */
  public AgentInfo configure(AgentConfiguration configuration) {
    return Replies.hello(call(Requests.configure(configuration), ResultCase.HELLO).getHello());
  }

  /**
   * Changes the environment that later commands start with, until the next {@link #configure}.
   *
   * @param unset names that are taken away first
   * @param unsetValuePrefix when not empty, variables whose values begin so are taken away as well,
   *     but for those in {@code set}
   */
  public void updateEnvironment(
      Map<String, String> set, List<String> unset, String unsetValuePrefix) {
    UpdateEnvironment.Builder update =
        UpdateEnvironment.newBuilder()
            .putAllSet(set)
            .addAllUnset(unset)
            .setUnsetValuePrefix(unsetValuePrefix);
    call(Requests.of().setUpdateEnvironment(update));
  }

  /** Ends the sandbox: SIGTERM to everything, SIGKILL after {@code grace}. */
  public void shutdown(Duration grace) {
    Shutdown.Builder shutdown = Shutdown.newBuilder().setGraceMillis(millis(grace));
    try (AgentConnection connection = connections.open(Requests.of().setShutdown(shutdown))) {
      connection.response(ANSWER);
    }
  }

  /**
   * Runs a command in the foreground of a connection that the caller closes. An agent that does not
   * end it soon after its time-out is given up.
   */
  public Execution exec(Command command, ExecOptions options) {
    boolean reusable = !options.stdin() && command.terminal().isEmpty();
    Request.Builder request = Requests.exec(command, options);
    AgentConnection connection =
        reusable ? connections.openReusable(request) : connections.open(request);
    Response response = answered(connection, ResultCase.STARTED);
    if (options.timeout().isPositive()) {
      connection.endWithin(options.timeout().plus(MARGIN));
    }
    int pid = response.getStarted().getPid();
    return reusable
        ? new Execution(connection, pid, connections::giveBack)
        : new Execution(connection, pid, AgentConnection::close);
  }

  /** Starts a process whose output is kept, under an id that is free. */
  public ProcessInfo startProcess(String id, Command command, boolean lazyStart) {
    return start(Requests.start(id, command).setLazyStart(lazyStart));
  }

  /**
   * Starts a process under an id that is free. Its output is kept until all who read it have had
   * it; while nobody does, about the last MiB is.
   */
  public ProcessInfo startTransientProcess(String id, Command command) {
    return start(Requests.start(id, command).setTransientOutput(true));
  }

  private ProcessInfo start(StartProcess.Builder start) {
    return Replies.process(
        call(Requests.of().setStartProcess(start), ResultCase.PROCESS).getProcess());
  }

  /** All background processes, living or ended. */
  public List<ProcessInfo> processes() {
    Response response =
        call(
            Requests.of().setListProcesses(ListProcesses.getDefaultInstance()),
            ResultCase.PROCESSES);
    return response.getProcesses().getProcessesList().stream().map(Replies::process).toList();
  }

  /** One background process. */
  public ProcessInfo process(String id) {
    GetProcess.Builder get = GetProcess.newBuilder().setId(id);
    return Replies.process(call(Requests.of().setGetProcess(get), ResultCase.PROCESS).getProcess());
  }

  /** Ends a background process and forgets its output. */
  public void removeProcess(String id, Duration grace) {
    RemoveProcess.Builder remove =
        RemoveProcess.newBuilder().setId(id).setGraceMillis(millis(grace));
    call(Requests.of().setRemoveProcess(remove), grace.plus(MARGIN));
  }

  /** Signals a background process, or its whole group. */
  public void signalProcess(String id, int signal, boolean group) {
    SignalProcess.Builder message =
        SignalProcess.newBuilder().setId(id).setSignal(signal).setGroup(group);
    call(Requests.of().setSignalProcess(message));
  }

  /** Writes to a background process, and closes its input where {@code end}. */
  public void writeProcessInput(String id, byte[] data, boolean end) {
    writeInput(WriteInput.newBuilder().setId(id), data, end);
  }

  /** Gives a background process's terminal another size. */
  public ProcessInfo resizeTerminal(String id, TerminalSize size) {
    ResizeTerminal.Builder resize =
        ResizeTerminal.newBuilder().setId(id).setSize(Requests.size(size));
    return Replies.process(
        call(Requests.of().setResizeTerminal(resize), ResultCase.PROCESS).getProcess());
  }

  /**
   * Watches a background process's terminal; closing leaves it alone.
   *
   * @param historyBytes how much of what it said before is repeated first
   */
  public Execution attachTerminal(String id, int historyBytes) {
    AttachTerminal.Builder attach =
        AttachTerminal.newBuilder().setId(id).setFromHistory(historyBytes);
    AgentConnection connection = connections.open(Requests.of().setAttachTerminal(attach));
    Response response = answered(connection, ResultCase.PROCESS);
    return new Execution(connection, response.getProcess().getPid(), AgentConnection::close);
  }

  /** Reads a background process's output from an offset. */
  public RecordedOutput readProcessOutput(String id, long offset, boolean follow) {
    return recorded(Requests.output(ReadOutput.newBuilder().setId(id), offset, follow));
  }

  /** Opens a session under an id that is free. */
  public void createSession(String id, String cwdOrEmpty) {
    CreateSession.Builder create = CreateSession.newBuilder().setId(id).setCwd(cwdOrEmpty);
    call(Requests.of().setCreateSession(create));
  }

  /** All sessions. */
  public List<SessionInfo> sessions() {
    Response response =
        call(Requests.of().setListSessions(ListSessions.getDefaultInstance()), ResultCase.SESSIONS);
    return response.getSessions().getSessionsList().stream().map(Replies::session).toList();
  }

  /** One session with its commands. */
  public SessionInfo session(String id) {
    GetSession.Builder get = GetSession.newBuilder().setId(id);
    return Replies.session(call(Requests.of().setGetSession(get), ResultCase.SESSION).getSession());
  }

  /** Ends a session with everything that runs in it. */
  public void deleteSession(String id, Duration grace) {
    DeleteSession.Builder delete =
        DeleteSession.newBuilder().setId(id).setGraceMillis(millis(grace));
    call(Requests.of().setDeleteSession(delete), grace.plus(MARGIN));
  }

  /** Queues a command in a session's shell; returns at once. */
  public SessionCommand runInSession(
      String sessionId, String commandId, String command, boolean stdin) {
    RunInSession.Builder run =
        RunInSession.newBuilder()
            .setSessionId(sessionId)
            .setCommandId(commandId)
            .setCommand(command)
            .setStdin(stdin);
    SessionInfo session =
        Replies.session(call(Requests.of().setRunInSession(run), ResultCase.SESSION).getSession());
    return session.commands().stream()
        .filter(candidate -> candidate.id().equals(commandId))
        .findFirst()
        .orElseThrow(
            () -> AgentErrors.violation(new ProtocolViolation("a session without the command")));
  }

  /** Writes to a session's command, and closes its input where {@code end}. */
  public void writeSessionInput(String sessionId, String commandId, byte[] data, boolean end) {
    writeInput(WriteInput.newBuilder().setSessionId(sessionId).setCommandId(commandId), data, end);
  }

  /** Reads the output of a session's command from an offset. */
  public RecordedOutput readSessionOutput(
      String sessionId, String commandId, long offset, boolean follow) {
    ReadOutput.Builder source =
        ReadOutput.newBuilder().setSessionId(sessionId).setCommandId(commandId);
    return recorded(Requests.output(source, offset, follow));
  }

  /** What a path is. */
  public FileInfo stat(String path) {
    return files.stat(path);
  }

  /** The entries of a directory; a directory with more than 50,000 is refused. */
  public List<FileInfo> list(String path) {
    return files.list(path);
  }

  /**
   * Reads a file from an offset.
   *
   * @param lengthOrZero bytes at most; 0 means to the end
   */
  public FileDownload read(String path, long offset, long lengthOrZero) {
    return files.read(path, offset, lengthOrZero);
  }

  /** Writes a file; it appears under its name only when all of {@code body} has arrived. */
  public FileInfo write(String path, InputStream body, WriteOptions options) {
    return files.write(path, body, options);
  }

  /** Makes a directory. */
  public void makeDirectory(String path, int mode, boolean parents) {
    files.makeDirectory(path, mode, parents);
  }

  /** Renames; a destination that exists is refused unless {@code replace}. */
  public void rename(String source, String destination, boolean replace) {
    files.rename(source, destination, replace);
  }

  /** Removes a file, or where {@code recursive} a directory with all that is in it. */
  public void remove(String path, boolean recursive) {
    files.remove(path, recursive);
  }

  /** Changes the permission bits. */
  public void changeMode(String path, int mode) {
    files.changeMode(path, mode);
  }

  /** Changes owner and group, each a name or a number; empty leaves it. */
  public void changeOwner(String path, String owner, String group) {
    files.changeOwner(path, owner, group);
  }

  /**
   * Looks for lines that hold a text, in a file or in the files below a directory. Files that are
   * no text, or that the user may not read, are passed over. Returns when the agent has agreed to
   * search; the caller closes the results.
   *
   * @param text within one line, at most 4,096 bytes of UTF-8
   */
  public SearchResults<FoundText> findText(String path, String text) {
    return search.text(path, text);
  }

  /**
   * Looks for the files and directories below a path whose last name matches a pattern of {@code
   * *}, {@code ?} and {@code [a-z]}. Returns when the agent has agreed to search; the caller closes
   * the results.
   */
  public SearchResults<String> findNames(String path, String pattern) {
    return search.names(path, pattern);
  }

  /**
   * Connects to a TCP port inside.
   *
   * @param hostOrEmpty empty means the loopback addresses
   * @throws dev.paddock.model.failure.NotFoundException when nothing listens
   */
  public Dialled dial(String hostOrEmpty, int port, Duration timeout) {
    Dial.Builder dial =
        Dial.newBuilder().setHost(hostOrEmpty).setPort(port).setTimeoutMillis(millis(timeout));
    AgentConnection connection = connections.open(Requests.of().setDial(dial));
    answered(connection, timeout.plus(MARGIN));
    return new Dialled(connection);
  }

  /**
   * Makes a service that listens on the sandbox's loopback reachable at its address.
   *
   * @return the port to use instead
   * @throws dev.paddock.model.failure.NotFoundException when nothing listens
   */
  public int forward(int port) {
    Forward.Builder forward = Forward.newBuilder().setPort(port);
    Response response = call(Requests.of().setForward(forward), ResultCase.FORWARDED);
    return Replies.port(response.getForwarded().getListenPort());
  }

  /** The TCP ports that something listens on. */
  public List<ListeningPort> ports() {
    return Replies.ports(
        call(Requests.of().setListPorts(ListPorts.getDefaultInstance()), ResultCase.PORTS)
            .getPorts());
  }

  /** Resource figures. */
  public AgentMetrics metrics() {
    return Replies.metrics(
        call(Requests.of().setGetMetrics(GetMetrics.getDefaultInstance()), ResultCase.METRICS)
            .getMetrics());
  }

  private void writeInput(WriteInput.Builder target, byte[] data, boolean end) {
    WriteInput.Builder input = target.setData(ByteString.copyFrom(data)).setEnd(end);
    call(Requests.of().setWriteInput(input));
  }

  private RecordedOutput recorded(Request.Builder request) {
    AgentConnection connection = connections.open(request);
    answered(connection, ANSWER);
    return new RecordedOutput(connection, request.getReadOutput().getFollow());
  }

  private Response call(Request.Builder request) {
    return call(request, ANSWER);
  }

  private Response call(Request.Builder request, Duration limit) {
    AgentConnection connection = connections.openReusable(request);
    Response response = answered(connection, limit);
    connections.giveBack(connection);
    return response;
  }

  private Response call(Request.Builder request, ResultCase expected) {
    return call(request, expected, ANSWER);
  }

  private Response call(Request.Builder request, ResultCase expected, Duration limit) {
    return Replies.require(call(request, limit), expected);
  }

  private static Response answered(AgentConnection connection, Duration limit) {
    try {
      return connection.response(limit);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Response answered(AgentConnection connection, ResultCase expected) {
    try {
      return Replies.require(connection.response(ANSWER), expected);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static int millis(Duration duration) {
    return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
  }
}
