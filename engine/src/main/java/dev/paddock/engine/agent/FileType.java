package dev.paddock.engine.agent;

/** Kind of a file; a symbolic link counts as what it leads to, a dangling one as itself. */
public enum FileType {
  OTHER,
  FILE,
  DIRECTORY,
  SYMLINK,
  FIFO,
  SOCKET,
  CHARACTER_DEVICE,
  BLOCK_DEVICE
}
