package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.FileInfo;
import dev.paddock.engine.agent.WriteOptions;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.toolbox.multipart.HeaderParameters;
import dev.paddock.toolbox.multipart.MultipartFormatException;
import dev.paddock.toolbox.multipart.MultipartReader;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** One file in the field {@code file} of a form; its directory has to exist. */
final class FileUpload {
  private FileUpload() {}

  /** The parts of the request's body. */
  static MultipartReader parts(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .flatMap(HeaderParameters::boundary)
        .map(boundary -> new MultipartReader(exchange.body(), boundary))
        .orElseThrow(() ->
            new InvalidException(
                "the body must be multipart/form-data with a boundary in its Content-Type"));
  }

  /**
   * What {@code upload} answers; a body that is no form is the client's mistake, while one that the
   * client broke off passes as it is.
   */
  static Answer received(Upload upload) throws IOException {
    try {
      return upload.receive();
    } catch (MultipartFormatException malformed) {
      throw new InvalidException(malformed.getMessage(), malformed);
    } catch (UncheckedIOException failure) {
      if (failure.getCause() instanceof MultipartFormatException malformed) {
        throw new InvalidException(malformed.getMessage(), failure);
      }
      throw failure;
    }
  }

  /** Takes a form in. */
  @FunctionalInterface
  interface Upload {
    Answer receive() throws IOException;
  }

  static UploadedFile store(AgentClient agent, Exchange exchange) throws IOException {
    String path = SandboxPath.require(exchange.query("path").orElse(""));
    FileInfo stored = agent.write(path, file(parts(exchange)), new WriteOptions(0, false));
    return new UploadedFile(path, stored.size());
  }

  /** The content of the field {@code file}; fields before it are passed over. */
  static InputStream file(MultipartReader parts) throws IOException {
    while (true) {
      Optional<MultipartReader.Part> part = parts.next();
      if (part.isEmpty()) {
        throw new InvalidException("the form has no field 'file'");
      }
      if (part.get().name().equals("file")) {
        return part.get().body();
      }
    }
  }
}
