package dev.paddock.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Copies single files into and out of one sandbox, streaming. */
public final class SandboxFiles {
  private final ApiClient toolbox;

  public SandboxFiles(SandboxRef sandbox) {
    this.toolbox = sandbox.toolbox();
  }

  /** What is at {@code path}: the toolbox's file information. */
  public JsonNode info(String path) {
    return toolbox.get("/files/info?path=" + ApiClient.encode(path));
  }

  /** The entries of a directory. */
  public JsonNode list(String path) {
    return toolbox.get("/files?path=" + ApiClient.encode(path));
  }

  /** Makes a directory with its parents. */
  public void makeDirectory(String path) {
    toolbox.post("/files/folder?mode=0755&path=" + ApiClient.encode(path));
  }

  /** Uploads one file; missing parent directories are made. */
  public void upload(Path source, String target) {
    String boundary = "paddock-" + UUID.randomUUID();
    String head =
        part(boundary, "name=\"files[0].path\"", "")
            + target
            + "\r\n"
            + part(
                boundary,
                "name=\"files[0].file\"; filename=\"file\"",
                "Content-Type: application/octet-stream\r\n");
    try {
      BodyPublisher body =
          BodyPublishers.concat(
              BodyPublishers.ofString(head),
              BodyPublishers.ofFile(source),
              BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
      toolbox.post("/files/bulk-upload", "multipart/form-data; boundary=" + boundary, body);
    } catch (IOException e) {
      throw new CommandFailure(CommandFailure.USAGE, "No such file: " + source, e);
    }
  }

  /** Downloads one file; the target appears only when all of it has arrived. */
  public void download(String source, Path target) {
    Path partial = target.resolveSibling(target.getFileName() + ".paddock-partial");
    try (InputStream body = toolbox.download("/files/download?path=" + ApiClient.encode(source))) {
      try (OutputStream file = Files.newOutputStream(partial)) {
        body.transferTo(file);
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      deletePartial(partial, e);
      throw new CommandFailure(
          CommandFailure.FAILED, "Tried to write " + target + " but failed: " + e, e);
    }
  }

  private static void deletePartial(Path partial, IOException cause) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static String part(String boundary, String disposition, String headers) {
    String text =
        "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n" + headers;
    return text + "\r\n";
  }
}
