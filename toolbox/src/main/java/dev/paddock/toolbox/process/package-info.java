/** Commands outside sessions: {@code /process/execute} and the streaming {@code /process/exec}. */
@NullMarked
package dev.paddock.toolbox.process;

import org.jspecify.annotations.NullMarked;
