package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.RouteTable;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.toolbox.multipart.MultipartWriter;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The routes under {@code /files}. */
public final class FileRoutes {
  private static final String TAG = "file-system";
  private static final String BINARY = "application/octet-stream";
  private static final String FORM = "multipart/form-data";
  private static final int DEFAULT_DIRECTORY_MODE = 0755;

  /** Adds them. */
  public void addTo(RouteTable table) {
    addReading(table);
    addWriting(table);
    SearchRoutes.addTo(table);
  }

  private static void addReading(RouteTable table) {
    table.get(
        "/files",
        operation("ListFiles", "Lists a directory")
            .query("path", String.class, "The directory; the work dir when absent")
            .answersList(200, FileDescription.class),
        FileRoutes::list);
    table.get(
        "/files/info",
        onPath("GetFileInfo", "Describes a file").answers(200, FileDescription.class),
        (agent, exchange) -> Answer.ok(FileDescription.of(agent.stat(path(exchange, "path")))));
    table.signableGet(
        "/files/download",
        signable(onPath("DownloadFile", "Downloads a file, or a range of it"))
            .answersMedia(200, BINARY),
        (agent, exchange) ->
            new SingleDownload(agent, path(exchange, "path")).answer(exchange.header("Range")));
    table.post(
        "/files/bulk-download",
        operation("DownloadFiles", "Downloads several files")
            .reads(FilesDownloadRequest.class)
            .answersMedia(200, FORM),
        FileRoutes::downloadAll);
  }

  private static void addWriting(RouteTable table) {
    table.post(
        "/files/upload",
        onPath("UploadFile", "Uploads a file").readsMedia(FORM).answers(200, UploadedFile.class),
        (agent, exchange) ->
            FileUpload.received(() -> Answer.ok(FileUpload.store(agent, exchange))));
    table.signablePost(
        "/files/upload-v2",
        signable(onPath("UploadFileV2", "Uploads a file, as a form or as the body itself"))
            .readsMedia(FORM)
            .answers(200, DirectlyUploadedFile.class),
        (agent, exchange) ->
            FileUpload.received(() -> Answer.ok(DirectUpload.store(agent, exchange))));
    table.post(
        "/files/bulk-upload",
        operation("UploadFiles", "Uploads several files")
            .readsMedia(FORM)
            .answers(200, BulkUploadResponse.class),
        (agent, exchange) -> FileUpload.received(() -> uploadAll(agent, exchange)));
    table.post(
        "/files/folder",
        onPath("CreateFolder", "Makes a directory and those above it")
            .query("mode", String.class, "Permission bits in octal; 0755 when absent")
            .answersNothing(201),
        FileRoutes::makeDirectory);
    table.post(
        "/files/move",
        operation("MoveFile", "Moves or renames a file or directory")
            .requiredQuery("source", String.class, "What to move")
            .requiredQuery("destination", String.class, "Its new path, which must be free")
            .answersNothing(200),
        FileRoutes::move);
    table.delete(
        "/files",
        onPath("DeleteFile", "Deletes a file, or a directory with all in it")
            .query("recursive", Boolean.class, "Has to be true for a directory")
            .answersNothing(204),
        FileRoutes::delete);
    table.post(
        "/files/permissions",
        onPath("SetFilePermissions", "Changes mode, owner and group")
            .query("mode", String.class, "Permission bits in octal")
            .query("owner", String.class, "User name or id")
            .query("group", String.class, "Group name or id")
            .answersNothing(200),
        FileRoutes::changePermissions);
  }

  private static Operation operation(String id, String summary) {
    return Operation.of(id, TAG, summary);
  }

  private static Operation onPath(String id, String summary) {
    return operation(id, summary).requiredQuery("path", String.class, "The path");
  }

  private static Operation signable(Operation operation) {
    return operation
        .query("expires", Long.class, "When a signed URL ends, in seconds since 1970; 0 for never")
        .query("signature", String.class, "Makes a signed URL, which needs no other credentials");
  }

  private static String path(Exchange exchange, String parameter) {
    String path = exchange.query(parameter).orElse("");
    if (path.isEmpty()) {
      throw new InvalidException(parameter + " is required");
    }
    return SandboxPath.require(path);
  }

  private static Answer list(AgentClient agent, Exchange exchange) {
    String path = exchange.query("path").filter(p -> !p.isEmpty()).orElse(".");
    return Answer.ok(
        agent.list(SandboxPath.require(path)).stream().map(FileDescription::of).toList());
  }

  private static Answer downloadAll(AgentClient agent, Exchange exchange) {
    FilesDownloadRequest request = exchange.json(FilesDownloadRequest.class);
    if (request.paths().isEmpty() || request.paths().stream().anyMatch(Objects::isNull)) {
      throw new InvalidException("paths must name at least one file");
    }
    return Answer.stream(
        200,
        MultipartWriter.CONTENT_TYPE,
        OptionalLong.empty(),
        new BulkDownload(agent, request.paths())::writeTo);
  }

  private static Answer uploadAll(AgentClient agent, Exchange exchange) throws IOException {
    BulkUploadResult result = new BulkUpload(agent).receive(FileUpload.parts(exchange));
    return result.complete()
        ? Answer.ok(new BulkUploadResponse(result.stored()))
        : Answer.json(400, BulkUploadFailure.of(result, exchange));
  }

  private static Answer makeDirectory(AgentClient agent, Exchange exchange) {
    String path = path(exchange, "path");
    int mode =
        exchange
            .query("mode")
            .filter(text -> !text.isEmpty())
            .map(OctalMode::parse)
            .orElse(DEFAULT_DIRECTORY_MODE);
    agent.makeDirectory(path, mode, true);
    return Answer.empty(201);
  }

  private static Answer move(AgentClient agent, Exchange exchange) {
    agent.rename(path(exchange, "source"), path(exchange, "destination"), false);
    return Answer.empty(200);
  }

  private static Answer delete(AgentClient agent, Exchange exchange) {
    agent.remove(
        path(exchange, "path"), exchange.query("recursive").filter("true"::equals).isPresent());
    return Answer.empty(204);
  }

  private static Answer changePermissions(AgentClient agent, Exchange exchange) {
    String path = path(exchange, "path");
    String owner = exchange.query("owner").orElse("");
    String group = exchange.query("group").orElse("");
    Optional<Integer> mode =
        exchange.query("mode").filter(text -> !text.isEmpty()).map(OctalMode::parse);
    // A change of owner takes setuid and setgid away, so the mode comes after it.
    if (!owner.isEmpty() || !group.isEmpty()) {
      agent.changeOwner(path, owner, group);
    }
    mode.ifPresent(bits -> agent.changeMode(path, bits));
    return Answer.empty(200);
  }
}
