package dev.paddock.toolbox.file;

import java.util.List;

/** What became of the files of one form: those stored, and one message for each that was not. */
record BulkUploadResult(List<UploadedFile> stored, List<String> errors) {
  BulkUploadResult {
    stored = List.copyOf(stored);
    errors = List.copyOf(errors);
  }

  boolean complete() {
    return errors.isEmpty();
  }
}
