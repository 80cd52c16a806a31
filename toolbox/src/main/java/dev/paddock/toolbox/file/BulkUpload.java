package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.FileInfo;
import dev.paddock.engine.agent.WriteOptions;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.toolbox.SandboxPath;
import dev.paddock.toolbox.multipart.MultipartReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files in the fields {@code files[i].path} and {@code files[i].file} of a form. A path comes
 * before its file: right before, or with all the others. Missing directories are made. A file that
 * cannot be stored does not keep the others from being.
 */
final class BulkUpload {
  private static final Pattern FIELD = Pattern.compile("files\\[(\\d{1,9})]\\.(path|file)");
  private static final int MAX_PATH_BYTES = 4096;

  /** All paths of one request together, in characters. */
  private static final int MAX_PENDING = 16 * 1024 * 1024;

  private final AgentClient agent;
  private final Map<String, String> pending = new LinkedHashMap<>();
  private final List<UploadedFile> stored = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private int pendingSize;

  BulkUpload(AgentClient agent) {
    this.agent = agent;
  }

  /** Reads the whole form. */
  BulkUploadResult receive(MultipartReader parts) throws IOException {
    Optional<MultipartReader.Part> part = parts.next();
    while (part.isPresent()) {
      Matcher field = FIELD.matcher(part.get().name());
      if (field.matches()) {
        accept(field.group(1), field.group(2), part.get());
      }
      part = parts.next();
    }
    pending.values().forEach(path -> errors.add(path + ": the form holds no file for this path"));
    if (stored.isEmpty() && errors.isEmpty()) {
      throw new InvalidException(
          "the form holds no files; name its fields files[0].path, files[0].file and so on");
    }
    return new BulkUploadResult(stored, errors);
  }

  private void accept(String index, String kind, MultipartReader.Part part) throws IOException {
    if (kind.equals("path")) {
      String path = part.text(MAX_PATH_BYTES);
      pendingSize += path.length();
      if (pendingSize > MAX_PENDING) {
        throw new InvalidException("too many files at once; upload them in several requests");
      }
      pending.put(index, path);
      return;
    }
    String path = pending.remove(index);
    if (path == null) {
      errors.add("files[" + index + "].file: its path has to come before it");
    } else {
      store(path, part);
    }
  }

  /** A full disk or a lost sandbox ends the whole upload; other failures concern one file. */
  private void store(String path, MultipartReader.Part part) {
    try {
      FileInfo file =
          agent.write(SandboxPath.require(path), part.body(), new WriteOptions(0, true));
      stored.add(new UploadedFile(path, file.size()));
    } catch (InvalidException
        | NotFoundException
        | ForbiddenException
        | ConflictException failure) {
      errors.add(describe(path, failure));
    }
  }

  private static String describe(String path, PaddockException failure) {
    return path.replace('\0', '?') + ": " + failure.getMessage();
  }
}
