package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.FileDownload;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.toolbox.json.StreamedObject;
import dev.paddock.toolbox.multipart.MultipartWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;

/**
 * Several files in one multipart answer; a file that cannot be had becomes a part that says why.
 */
final class BulkDownload {
  private final AgentClient agent;
  private final List<String> paths;

  BulkDownload(AgentClient agent, List<String> paths) {
    this.agent = agent;
    this.paths = paths;
  }

  void writeTo(OutputStream out) throws IOException {
    MultipartWriter writer = new MultipartWriter(out);
    for (String path : paths) {
      writePart(path, writer, out);
    }
    writer.end();
  }

  private void writePart(String path, MultipartWriter writer, OutputStream out) throws IOException {
    FileDownload file;
    try {
      file = agent.read(SandboxPath.require(path), 0, 0);
    } catch (PaddockException failure) {
      writeFailure(path, failure, writer, out);
      return;
    }
    try (file) {
      long size = file.info().size();
      // Files of /proc claim to be empty; without a length clients read to the boundary.
      OptionalLong length = size > 0 ? OptionalLong.of(size) : OptionalLong.empty();
      writer.begin("file", path, "application/octet-stream", length);
      file.body().transferTo(out);
    }
  }

  private static void writeFailure(
      String path, PaddockException failure, MultipartWriter writer, OutputStream out)
      throws IOException {
    DownloadFailure kind = DownloadFailure.of(failure);
    writer.begin("error", path, "application/json", OptionalLong.empty());
    new StreamedObject()
        .with("message", failure.getMessage())
        .with("code", kind.name())
        .with("statusCode", kind.status())
        .writeTo(out);
  }
}
