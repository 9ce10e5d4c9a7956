package io.imagebus.fault;

/** A way to a host that carries little; the way back is as it was. */
record SlowLink(String row, NetworkLab lab, int host, int megabits) implements Fault {

  @Override
  public String what() {
    return "%d Mbit/s to host %d".formatted(megabits, host);
  }

  @Override
  public void inject() {
    lab.slow(host, megabits);
  }

  @Override
  public void heal() {
    lab.fast(host);
  }
}
