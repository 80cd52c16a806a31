package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.FileDownload;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.toolbox.multipart.ContentDisposition;
import dev.paddock.web.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** One file as the body of the answer, whole or in part. */
final class SingleDownload {
  private static final String TYPE = "application/octet-stream";

  private final AgentClient agent;
  private final String path;

  SingleDownload(AgentClient agent, String path) {
    this.agent = agent;
    this.path = path;
  }

  Answer answer(Optional<String> range) {
    if (range.isEmpty()) {
      return whole();
    }
    long size = agent.stat(path).size();
    return switch (RangeRequest.parse(range, size)) {
      case RangeRequest.Whole _ -> whole();
      case RangeRequest.Slice slice -> slice(slice, size);
      case RangeRequest.Unsatisfiable _ -> unsatisfiable(size);
    };
  }

  private Answer whole() {
    FileDownload file = agent.read(path, 0, 0);
    long size = file.info().size();
    // Files of /proc claim to be empty and are not.
    return body(200, file, size > 0 ? OptionalLong.of(size) : OptionalLong.empty());
  }

  private Answer slice(RangeRequest.Slice slice, long size) {
    FileDownload file = agent.read(path, slice.start(), slice.length());
    return body(206, file, OptionalLong.of(slice.length()))
        .withHeader("Content-Range", slice.contentRange(size));
  }

  private static Answer unsatisfiable(long size) {
    return Answer.empty(416).withHeader("Content-Range", "bytes */" + size);
  }

  private Answer body(int status, FileDownload file, OptionalLong length) {
    String name = ContentDisposition.attachment(SandboxPath.fileName(path));
    return Answer.stream(status, TYPE, length, out -> send(file, out))
        .withHeader("Content-Disposition", name)
        .withHeader("Accept-Ranges", "bytes");
  }

  private static void send(FileDownload file, OutputStream out) throws IOException {
    try (file) {
      file.body().transferTo(out);
    }
  }
}
