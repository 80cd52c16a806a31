package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.FoundText;

/**
 * A line that holds what was looked for.
 *
 * @param file the requested path and the way from there
 * @param line its number, from 1
 */
record Match(String file, long line, String content) {
  static Match of(FoundText found) {
    return new Match(found.path(), found.line(), found.content());
  }
}
