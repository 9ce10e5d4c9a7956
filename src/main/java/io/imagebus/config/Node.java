package io.imagebus.config;

import java.nio.file.Path;
import java.util.Optional;

/** What this node keeps on disk, and how it ends. */
@Section("What this node keeps on disk, and how it ends.")
public record Node(
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "Directory for what outlives a restart: the layouts of walls. It is made if it is"
                    + " not there; each node needs one of its own. Empty: in memory only, so that"
                    + " layouts are there as long as one node of the cluster is.")
        String dataDir,
    @Key(
            preset = "10",
            min = 0,
            max = 600,
            doc =
                "Longest time between the signal to end and the moment when publishers and displays"
                    + " that have not gone to another node are cut off. A node that stands alone"
                    + " waits for a second at most. Allow some 10 seconds more before the process"
                    + " is killed.")
        int drainSeconds) {

  public Node {
    new Constraints(Node.class, dataDir, drainSeconds).enforce();
  }

  /** The directory of {@code dataDir}, if there is one. */
  public Optional<Path> dataDirectory() {
    return dataDir.isEmpty() ? Optional.empty() : Optional.of(Path.of(dataDir));
  }
}
