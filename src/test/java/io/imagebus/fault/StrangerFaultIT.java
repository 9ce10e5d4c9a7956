package io.imagebus.fault;

import io.imagebus.fault.PoisonPeer.Poison;
import io.imagebus.testbed.NodeProcess;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Peers that speak no protocol of ours. */
@Tag("fault")
@Timeout(180)
@ExtendWith(PromiseTable.class)
class StrangerFaultIT {

  @Test
  @Tag("fault-ci")
  void f21_poisonAtEveryPort_isShownOutAndCostsNothing() throws Exception {
    try (FaultRow row = FaultRow.start("F21", "strangers at every port of a node")) {
      row.allow(Allowed.STRANGER);
      NodeProcess node = row.node(2);
      long memoryBefore = Memory.heapBytes(node);
      Map<String, Integer> ports =
          Map.of(
              "HTTP",
              node.server().port(),
              "members",
              FaultCluster.MEMBER_PORT,
              "event bus",
              FaultCluster.BUS_PORT);
      Map<String, List<CompletableFuture<Long>>> visits = new TreeMap<>();
      ports.forEach(
          (name, port) -> {
            List<CompletableFuture<Long>> each = new ArrayList<>();
            for (Poison poison : Poison.values()) {
              InetSocketAddress there = new InetSocketAddress(row.lab().address(2), port);
              each.add(PoisonPeer.visit(there, poison, row.seed()));
            }
            visits.put(name, each);
          });
      for (String name : visits.keySet()) {
        StringBuilder times = new StringBuilder();
        long longest = 0;
        for (int i = 0; i < Poison.values().length; i++) {
          long nanos = visits.get(name).get(i).get();
          times.append(Poison.values()[i]).append(' ').append(nanos / 1_000_000).append(" ms ");
          longest = Math.max(longest, nanos);
        }
        System.out.println("F21 " + name + ": " + times);
        row.promises().atMost("a stranger at the port of " + name + " is shown out", longest, 10);
      }
      long grown = Memory.heapBytes(node) - memoryBefore;
      row.promises().atMostMebibytes("the heap grows by", grown, 8);
      row.finish(row.ledgers());
    }
  }
}
