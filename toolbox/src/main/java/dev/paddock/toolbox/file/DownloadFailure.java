package dev.paddock.toolbox.file;

import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;

/** The codes by which clients tell apart why one file of a bulk download is missing. */
enum DownloadFailure {
  FILE_NOT_FOUND(404),
  FILE_ACCESS_DENIED(403),
  INVALID_FILE_PATH(400),
  FILE_READ_FAILED(500);

  private final int status;

  DownloadFailure(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  static DownloadFailure of(PaddockException failure) {
    return switch (failure) {
      case NotFoundException _ -> FILE_NOT_FOUND;
      case ForbiddenException _ -> FILE_ACCESS_DENIED;
      case InvalidException _ -> INVALID_FILE_PATH;
      default -> FILE_READ_FAILED;
    };
  }
}
