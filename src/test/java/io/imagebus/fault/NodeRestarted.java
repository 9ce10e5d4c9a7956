package io.imagebus.fault;

import java.time.Duration;

/** A node that is told to end, and ends well; healing starts a new one in its place. */
record NodeRestarted(String row, FaultCluster cluster, int host) implements Fault {

  private static final Duration MOST = Duration.ofSeconds(20);

  @Override
  public String what() {
    return "node " + host + " told to end";
  }

  @Override
  public void inject() throws Exception {
    cluster.node(host).program().signal("TERM");
    cluster.node(host).program().awaitExit(MOST);
  }

  @Override
  public void heal() throws Exception {
    cluster.launch(host).awaitReady();
    cluster.awaitLinked();
  }
}
