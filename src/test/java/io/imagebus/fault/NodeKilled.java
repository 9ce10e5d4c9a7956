package io.imagebus.fault;

/** {@code kill -9} of a node; healing starts a new one in its place. */
record NodeKilled(String row, FaultCluster cluster, int host) implements Fault {

  @Override
  public String what() {
    return "node " + host + " killed";
  }

  @Override
  public void inject() throws Exception {
    cluster.node(host).program().kill();
  }

  @Override
  public void heal() throws Exception {
    cluster.launch(host).awaitReady();
    cluster.awaitLinked();
  }
}
