package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.ChangeMode;
import dev.paddock.engine.agent.wire.ChangeOwner;
import dev.paddock.engine.agent.wire.FileList;
import dev.paddock.engine.agent.wire.ListDirectory;
import dev.paddock.engine.agent.wire.MakeDirectory;
import dev.paddock.engine.agent.wire.ReadFile;
import dev.paddock.engine.agent.wire.RemoveFile;
import dev.paddock.engine.agent.wire.RenameFile;
import dev.paddock.engine.agent.wire.Request;
import dev.paddock.engine.agent.wire.Response;
import dev.paddock.engine.agent.wire.Response.ResultCase;
import dev.paddock.engine.agent.wire.StatFile;
import dev.paddock.engine.agent.wire.WriteFile;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The file operations of the protocol. */
final class AgentFiles {
  private static final int CHUNK = 256 * 1024;
  private static final int MAX_ENTRIES = 50_000;

  /** Bytes of a listing as the agent sends it. */
  private static final long MAX_LISTING = 16L << 20;

  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** How long a whole listing may take. */
  private static final Duration LISTING = Duration.ofMinutes(2);

  /** Removing a large tree, or bringing a large upload to disk, takes its time. */
  private static final Duration LONG_ANSWER = Duration.ofMinutes(10);

  private final AgentConnections connections;

  AgentFiles(AgentConnections connections) {
    this.connections = connections;
  }

  FileInfo stat(String path) {
    Request.Builder request = Requests.of().setStatFile(StatFile.newBuilder().setPath(path));
    return Replies.file(Replies.require(call(request, ANSWER), ResultCase.FILE).getFile());
  }

  List<FileInfo> list(String path) {
    Request.Builder request =
        Requests.of().setListDirectory(ListDirectory.newBuilder().setPath(path));
    try (AgentConnection connection = connections.open(request)) {
      Replies.require(connection.response(ANSWER), ResultCase.FILE);
      connection.endWithin(LISTING);
      List<FileInfo> entries = new ArrayList<>();
      long bytes = 0;
      for (Frame frame = connection.requireFrame();
          frame.kind() != FrameKind.END;
          frame = connection.requireFrame()) {
        bytes += frame.length();
        addEntries(frame, entries);
        if (entries.size() > MAX_ENTRIES || bytes > MAX_LISTING) {
          throw new InvalidException(
              "The directory is too large to be listed at once; list it by a command instead");
        }
      }
      return entries;
    }
  }

  private static void addEntries(Frame frame, List<FileInfo> entries) {
    try {
      if (frame.kind() != FrameKind.DATA) {
        throw new ProtocolViolation("a frame out of place");
      }
      frame.message(FileList.getDescriptor(), FileList.parser()).getFilesList().stream()
          .map(Replies::file)
          .forEach(entries::add);
    } catch (ProtocolViolation e) {
      throw AgentErrors.violation(e);
    }
  }

  FileDownload read(String path, long offset, long length) {
    ReadFile.Builder read = ReadFile.newBuilder().setPath(path).setOffset(offset).setLength(length);
    AgentConnection connection = connections.open(Requests.of().setReadFile(read));
    try {
      Response response = Replies.require(connection.response(ANSWER), ResultCase.FILE);
      long most = length == 0 ? Long.MAX_VALUE : length;
      return new FileDownload(connection, Replies.file(response.getFile()), most);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  FileInfo write(String path, InputStream body, WriteOptions options) {
    WriteFile.Builder write =
        WriteFile.newBuilder()
            .setPath(path)
            .setMode(options.mode())
            .setMakeParents(options.makeParents());
    Request.Builder request = Requests.of().setWriteFile(write);
    try (AgentConnection connection = connections.open(request)) {
      options.limit().ifPresent(connection::endWithin);
      upload(connection, body);
      Response response = connection.response(LONG_ANSWER);
      return Replies.file(Replies.require(response, ResultCase.FILE).getFile());
    }
  }

  /** An agent that refuses early closes its end: the reason then waits in the response. */
  private static void upload(AgentConnection connection, InputStream body) {
    byte[] frame = new byte[Frame.HEADER + CHUNK];
    try {
      for (int read = fill(body, frame); read > 0; read = fill(body, frame)) {
        connection.sendPrepared(FrameKind.DATA, frame, read);
      }
      connection.sendPrepared(FrameKind.END, frame, 0);
    } catch (UnavailableException broken) {
      Response refusal = connection.response(ANSWER);
      throw new UnavailableException(
          "The sandbox's agent stopped reading in the middle of a file"
              + (refusal.hasFile() ? " and claims to have it" : ""),
          broken);
    }
  }

  private static int fill(InputStream body, byte[] frame) {
    try {
      return body.readNBytes(frame, Frame.HEADER, CHUNK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void makeDirectory(String path, int mode, boolean parents) {
    MakeDirectory.Builder make =
        MakeDirectory.newBuilder().setPath(path).setMode(mode).setParents(parents);
    call(Requests.of().setMakeDirectory(make), ANSWER);
  }

  void rename(String source, String destination, boolean replace) {
    RenameFile.Builder rename =
        RenameFile.newBuilder().setSource(source).setDestination(destination).setReplace(replace);
    call(Requests.of().setRenameFile(rename), ANSWER);
  }

  void remove(String path, boolean recursive) {
    RemoveFile.Builder remove = RemoveFile.newBuilder().setPath(path).setRecursive(recursive);
    call(Requests.of().setRemoveFile(remove), LONG_ANSWER);
  }

  void changeMode(String path, int mode) {
    ChangeMode.Builder change = ChangeMode.newBuilder().setPath(path).setMode(mode);
    call(Requests.of().setChangeMode(change), ANSWER);
  }

  void changeOwner(String path, String owner, String group) {
    ChangeOwner.Builder change =
        ChangeOwner.newBuilder().setPath(path).setOwner(owner).setGroup(group);
    call(Requests.of().setChangeOwner(change), ANSWER);
  }

  private Response call(Request.Builder request, Duration limit) {
    try (AgentConnection connection = connections.open(request)) {
      return connection.response(limit);
    }
  }
}
