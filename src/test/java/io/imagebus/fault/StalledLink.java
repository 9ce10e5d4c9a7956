package io.imagebus.fault;

/** All that comes to a node's event bus waits, and goes on when it is healed. */
record StalledLink(String row, LinkProxy proxy) implements Fault {

  @Override
  public String what() {
    return "the way to an event bus stalls";
  }

  @Override
  public void inject() {
    proxy.weather().stall();
  }

  @Override
  public void heal() {
    proxy.weather().clear();
  }
}
