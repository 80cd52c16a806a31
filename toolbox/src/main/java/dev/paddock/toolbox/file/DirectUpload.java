package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.WriteOptions;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.web.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * One file: the field {@code file} of a form, or the body itself when it is no form. Missing
 * directories are made.
 */
final class DirectUpload {
  private static final String FORM = "multipart/form-data";

  private DirectUpload() {}

  static DirectlyUploadedFile store(AgentClient agent, Exchange exchange) throws IOException {
    String path = SandboxPath.require(exchange.query("path").orElse(""));
    agent.write(path, content(exchange), new WriteOptions(0, true));
    return DirectlyUploadedFile.at(path);
  }

  private static InputStream content(Exchange exchange) throws IOException {
    boolean form =
        exchange
            .header("Content-Type")
            .filter(type -> type.strip().toLowerCase(Locale.ROOT).startsWith(FORM))
            .isPresent();
    return form ? FileUpload.file(FileUpload.parts(exchange)) : exchange.body();
  }
}
