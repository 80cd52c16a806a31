package dev.paddock.engine.slot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the agents of a host listen: one socket for each slot. */
public final class AgentSockets {
  private final Path directory;

  private AgentSockets(Path directory) {
    this.directory = directory;
  }

  /** Makes the directory. */
  public static AgentSockets open(Path directory) throws IOException {
    return new AgentSockets(Files.createDirectories(directory));
  }

  /** The socket of whoever holds the slot. */
  public Path of(int slot) {
    return directory.resolve(name(slot));
  }

  /** Removes the socket of a slot; an absent one is fine. */
  public void remove(int slot) throws IOException {
    Files.deleteIfExists(of(slot));
  }

  /** Removes all sockets but those of some slots. */
  public void keepOnly(Collection<Integer> slots) throws IOException {
    Set<String> kept = slots.stream().map(AgentSockets::name).collect(Collectors.toSet());
    try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory)) {
      for (Path socket : sockets) {
        if (!kept.contains(socket.getFileName().toString())) {
          Files.deleteIfExists(socket);
        }
      }
    }
  }

  private static String name(int slot) {
    return slot + ".sock";
  }
}
