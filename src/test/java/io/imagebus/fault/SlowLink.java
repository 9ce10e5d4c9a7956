package io.imagebus.fault;

/** A way between two hosts that carries little; the way back is as it was. */
record SlowLink(String row, NetworkLab lab, int from, int to, int megabits) implements Fault {

  @Override
  public String what() {
    return "%d Mbit/s from host %d to host %d".formatted(megabits, from, to);
  }

  @Override
  public void inject() {
    lab.slow(from, to, megabits);
  }

  @Override
  public void heal() {
    lab.fast(from);
  }
}
