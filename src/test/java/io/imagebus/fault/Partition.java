package io.imagebus.fault;

import java.util.List;
import java.util.stream.IntStream;

/** Hosts whose packets for certain others vanish. */
record Partition(String row, NetworkLab lab, List<Way> ways) implements Fault {

  /** From one host to another; the way back is another. */
  record Way(int from, int to) {}

  /** One host from all others of three, both ways. */
  static Partition around(String row, NetworkLab lab, int host) {
    return new Partition(
        row,
        lab,
        IntStream.rangeClosed(1, 3)
            .filter(other -> other != host)
            .boxed()
            .flatMap(other -> List.of(new Way(host, other), new Way(other, host)).stream())
            .toList());
  }

  /** Two hosts that a third goes on to see. */
  static Partition between(String row, NetworkLab lab, int one, int other) {
    return new Partition(row, lab, List.of(new Way(one, other), new Way(other, one)));
  }

  /** One host that is not heard by another, and hears it. */
  static Partition oneWay(String row, NetworkLab lab, int from, int to) {
    return new Partition(row, lab, List.of(new Way(from, to)));
  }

  @Override
  public String what() {
    return "no packets on " + ways;
  }

  @Override
  public void inject() {
    ways.forEach(way -> lab.cut(way.from(), way.to()));
  }

  @Override
  public void heal() {
    ways.forEach(way -> lab.heal(way.from(), way.to()));
  }
}
