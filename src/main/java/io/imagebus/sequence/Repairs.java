package io.imagebus.sequence;

/**
 * What came of asking for missing numbers again, on topics where that is done. Monotone.
 *
 * @param repaired received numbers that came because they were asked for
 * @param unrepairable lost or corrupt numbers that were asked for in vain
 */
public record Repairs(long repaired, long unrepairable) {

  /** Nothing was asked for. */
  public static final Repairs ZERO = new Repairs(0, 0);

  /** The repairs of two hops taken together. */
  public Repairs plus(Repairs other) {
    return new Repairs(repaired + other.repaired, unrepairable + other.unrepairable);
  }
}
