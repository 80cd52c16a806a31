package dev.paddock.toolbox.file;

import dev.paddock.web.Exchange;
import java.time.Instant;
import java.util.List;

/**
 * A form of which some file could not be stored: the error body of every toolbox operation, and
 * what became of the files.
 *
 * @param statusCode the answer's status
 * @param message all errors in one text, which clients show
 * @param code for programs
 * @param path of the request
 * @param method of the request
 * @param errors one text for each file that failed
 * @param files those that are stored none the less
 */
record BulkUploadFailure(
    int statusCode,
    String message,
    String code,
    Instant timestamp,
    String path,
    String method,
    List<String> errors,
    List<UploadedFile> files) {
  static BulkUploadFailure of(BulkUploadResult result, Exchange exchange) {
    return new BulkUploadFailure(
        400,
        "bad request: " + String.join("; ", result.errors()),
        "BAD_REQUEST",
        Instant.now(),
        exchange.path(),
        exchange.method(),
        result.errors(),
        result.stored());
  }
}
