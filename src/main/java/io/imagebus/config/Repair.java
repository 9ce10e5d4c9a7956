package io.imagebus.config;

/** What repairing the gaps of must-see topics may cost. */
@Section("What repairing the gaps of topics.must-see between nodes may cost.")
public record Repair(
    @Key(
            preset = "32MiB",
            min = 1_048_576,
            max = 68_719_476_736L,
            doc =
                "Memory for chunks of must-see topics that this node has sent and may be asked for"
                    + " again. It must hold what all of them send in the time of an outage that is"
                    + " to be repaired.")
        long ringBytes,
    @Key(
            preset = "8MiB",
            min = 1_048_576,
            max = 4_294_967_296L,
            doc =
                "Bytes that this node sends again in one second, to all nodes together. It takes them"
                    + " from the live pictures' share of the line when that is full.")
        long budgetBytes,
    @Key(
            preset = "2000",
            min = 200,
            max = 60_000,
            doc =
                "A picture of a must-see topic waits no longer than this for an older one that is"
                    + " being repaired; then that one is lost.")
        int holdMillis,
    @Key(
            preset = "16MiB",
            min = 1_048_576,
            max = 4_294_967_296L,
            doc =
                "Bytes of one must-see topic that wait for an older picture. When there are more,"
                    + " the oldest gap is given up.")
        long holdBytes,
    @Key(
            preset = "10000",
            min = 100,
            max = 600_000,
            doc =
                "A picture of a must-see topic that is older than this is dropped and counted as"
                    + " expired; for these topics in place of link.max-age-millis at the receiving"
                    + " node.")
        int maxAgeMillis) {

  public Repair {
    new Constraints(Repair.class, ringBytes, budgetBytes, holdMillis, holdBytes, maxAgeMillis)
        .enforce();
  }
}
