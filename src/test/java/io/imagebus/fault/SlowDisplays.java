package io.imagebus.fault;

import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Displays of one topic that read little, or nothing; healing takes them away. One thread. */
final class SlowDisplays implements Fault {

  private final String row;
  private final FaultCluster cluster;
  private final int host;
  private final String topic;
  private final int count;
  private final int bytesPerSecond;
  private @Nullable TrickleDisplays displays;

  /**
   * None yet.
   *
   * @param bytesPerSecond that each reads; 0 for displays that read nothing
   */
  SlowDisplays(
      String row, FaultCluster cluster, int host, String topic, int count, int bytesPerSecond) {
    this.row = row;
    this.cluster = cluster;
    this.host = host;
    this.topic = topic;
    this.count = count;
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public String row() {
    return row;
  }

  @Override
  public String what() {
    return "%d displays at node %d read %d bytes/s".formatted(count, host, bytesPerSecond);
  }

  @Override
  public void inject() throws Exception {
    displays =
        new TrickleDisplays(
            cluster.node(host).server(), Collections.nCopies(count, topic), bytesPerSecond);
  }

  @Override
  public void heal() throws Exception {
    if (displays != null) {
      displays.close();
      displays = null;
    }
  }
}
