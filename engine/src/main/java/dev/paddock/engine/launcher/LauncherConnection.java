package dev.paddock.engine.launcher;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.paddock.engine.host.Alarm;
import dev.paddock.engine.host.ChildProcess;
import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.PacketSocket;
import dev.paddock.engine.host.PacketSocket.Packet;
import dev.paddock.engine.launcher.wire.Failure;
import dev.paddock.engine.launcher.wire.Policy;
import dev.paddock.engine.launcher.wire.Reply;
import dev.paddock.engine.launcher.wire.Request;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One launcher process, from its start to its end, and the conversation with it. */
final class LauncherConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LauncherConnection.class);
  private static final Duration READY = Duration.ofSeconds(20);

  /** A launch takes about a millisecond; a host that is this late is stuck. */
  private static final Duration LATEST = Duration.ofSeconds(30);

  private static final Duration ENDED = Duration.ofSeconds(5);

  private final PacketSocket socket;
  private final ChildProcess process;
  private final Map<Long, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final Thread reader;
  private volatile boolean gone;

  /**
   * What the launcher answered.
   *
   * @param reply never a failure
   * @param descriptors what came with it, to be closed by whoever has the answer
   */
  record Answer(Reply reply, List<Fd> descriptors) {}

  private LauncherConnection(PacketSocket socket, ChildProcess process) {
    this.socket = socket;
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("launcher-replies").unstarted(this::read);
  }

  /**
   * Starts a launcher; returns when it is ready.
   *
   * @throws UnavailableException when this host does not let it work, with the reason
   */
  static LauncherConnection open(Path program, Policy policy) throws IOException {
    PacketSocket.Pair pair = PacketSocket.pair();
    LauncherConnection connection;
    try (Fd theirs = pair.theirs()) {
      ChildProcess process = ChildProcess.start(List.of(program.toString()), Map.of(), theirs);
      connection = new LauncherConnection(pair.ours(), process);
    } catch (IOException e) {
      pair.ours().close();
      throw e;
    }
    try {
      CompletableFuture<Answer> ready = connection.expect(0);
      connection.reader.start();
      connection.socket.send(policy.toByteArray());
      connection.await(ready, READY);
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  boolean isGone() {
    return gone;
  }

  /**
   * Asks and waits for the answer.
   *
   * @param request without an id
   * @throws UnavailableException when the launcher says that it cannot
   * @throws LauncherGone when it ends before it answers
   */
  Answer call(Request.Builder request, Fd... descriptors) throws IOException {
    long id = ids.incrementAndGet();
    CompletableFuture<Answer> answer = expect(id);
    try {
      socket.send(request.setId(id).build().toByteArray(), descriptors);
    } catch (ErrnoException e) {
      pending.remove(id);
      // Whoever asks next may be faster than the thread that reads.
      gone = true;
      throw (LauncherGone) new LauncherGone("The launcher takes no requests").initCause(e);
    }
    try {
      return await(answer, LATEST);
    } finally {
      pending.remove(id);
    }
  }

  /** Registers first and looks afterwards, so that no answer is waited for in vain. */
  private CompletableFuture<Answer> expect(long id) throws LauncherGone {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    pending.put(id, answer);
    if (gone) {
      pending.remove(id);
      throw new LauncherGone("The launcher has ended");
    }
    return answer;
  }

  private Answer await(CompletableFuture<Answer> answer, Duration limit) throws IOException {
    try (Alarm _ = Alarm.after(limit, () -> answer.completeExceptionally(new TimeoutException()))) {
      Answer given = answer.get();
      if (given.reply().hasFailure()) {
        throw failure(given.reply().getFailure());
      }
      return given;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        process.kill();
        throw new UnavailableException(
            "The sandbox launcher does not answer; the host is stuck", e);
      }
      throw new LauncherGone("The launcher ended before it answered");
    } catch (InterruptedException e) {
      process.kill();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the launcher worked", e);
    }
  }

  private static UnavailableException failure(Failure failure) {
    return new UnavailableException(
        "The host could not "
            + failure.getStep()
            + (failure.getErrno() == 0 ? "" : " (error " + failure.getErrno() + ")")
            + "; `paddock doctor` says what it lacks");
  }

  private void read() {
    try {
      while (true) {
        Packet packet = socket.receive();
        if (!packet.bytes().hasRemaining()) {
          return;
        }
        deliver(packet);
      }
    } catch (IOException e) {
      LOG.error("The launcher is not understood any more", e);
    } finally {
      gone = true;
      LauncherGone reason = new LauncherGone("The launcher has ended");
      pending.values().forEach(answer -> answer.completeExceptionally(reason));
    }
  }

  private void deliver(Packet packet) throws InvalidProtocolBufferException {
    Reply reply = Reply.parseFrom(packet.bytes());
    CompletableFuture<Answer> waiting = pending.remove(reply.getId());
    if (waiting == null || !waiting.complete(new Answer(reply, packet.descriptors()))) {
      packet.descriptors().forEach(Fd::close);
    }
  }

  /** Ends the launcher; the sandboxes that it started go on. */
  @Override
  public void close() {
    try {
      socket.shutDown();
      reader.join();
      process.finish(ENDED);
    } catch (ErrnoException e) {
      LOG.warn("The launcher could not be ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.close();
      socket.close();
    }
  }
}
