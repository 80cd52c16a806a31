package dev.paddock.toolbox.file;

import java.util.Optional;

/**
 * What became of one file.
 *
 * @param success whether it has no occurrence of the text any more; it may have had none
 * @param error why not
 */
record ReplaceResult(String file, boolean success, Optional<String> error) {
  static ReplaceResult done(String file) {
    return new ReplaceResult(file, true, Optional.empty());
  }

  static ReplaceResult failed(String file, String reason) {
    return new ReplaceResult(file, false, Optional.of(reason));
  }
}
