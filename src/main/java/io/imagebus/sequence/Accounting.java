package io.imagebus.sequence;

/**
 * Whether anything is counted. Only a benchmark of what the account costs switches it off, by the
 * JVM's {@code -Dimagebus.benchmark.account=off}; a constant, so that the check itself costs
 * nothing.
 */
public final class Accounting {

  /** True but in that benchmark. */
  public static final boolean ON = !"off".equals(System.getProperty("imagebus.benchmark.account"));

  private Accounting() {}
}
