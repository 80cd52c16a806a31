package dev.paddock.toolbox.file;

import java.util.List;

/** The files of a form, all stored. */
public record BulkUploadResponse(List<UploadedFile> files) {
  public BulkUploadResponse {
    files = List.copyOf(files);
  }
}
