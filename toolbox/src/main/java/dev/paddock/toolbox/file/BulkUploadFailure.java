package dev.paddock.toolbox.file;

import java.util.List;

/**
 * A form of which some file could not be stored.
 *
 * @param statusCode the answer's status
 * @param message all errors in one text, which clients show
 * @param code for programs
 * @param errors one text for each file that failed
 * @param files those that are stored none the less
 */
record BulkUploadFailure(
    int statusCode, String message, String code, List<String> errors, List<UploadedFile> files) {
  static BulkUploadFailure of(BulkUploadResult result) {
    return new BulkUploadFailure(
        400,
        "bad request: " + String.join("; ", result.errors()),
        "BAD_REQUEST",
        result.errors(),
        result.stored());
  }
}
