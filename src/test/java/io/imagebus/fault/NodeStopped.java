package io.imagebus.fault;

/** A node that stands still: {@code SIGSTOP}, and {@code SIGCONT} to heal. */
record NodeStopped(String row, FaultCluster cluster, int host) implements Fault {

  @Override
  public String what() {
    return "node " + host + " stopped";
  }

  @Override
  public void inject() throws Exception {
    cluster.node(host).program().signal("STOP");
  }

  @Override
  public void heal() throws Exception {
    cluster.node(host).program().signal("CONT");
  }
}
