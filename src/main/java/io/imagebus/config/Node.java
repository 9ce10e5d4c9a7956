package io.imagebus.config;

/** How this node ends. */
@Section("How this node ends.")
public record Node(
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
    new Constraints(Node.class, drainSeconds).enforce();
  }
}
