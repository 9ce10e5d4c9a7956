package io.imagebus.fault;

import static io.imagebus.fault.FaultRow.within;

import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that are killed or stand still. */
@Tag("fault")
@Timeout(150)
@ExtendWith(PromiseTable.class)
class NodeFaultIT {

  @Test
  void f1_killedSubscriberNode() throws Exception {
    try (FaultRow row =
        FaultRow.start("F1", "a node with displays is killed", false, Load.Size.USUAL.on(2))) {
      row.allow(Allowed.MEMBERSHIP, Allowed.RESET, Allowed.FAILED_TWICE, Allowed.NO_CONNECTION);
      List<LedgerDisplay> bereft = row.load().displaysAt(3);
      List<LedgerDisplay> others = new ArrayList<>(row.load().displays());
      others.removeAll(bereft);

      row.node(3).program().kill();
      long killedNanos = System.nanoTime();
      within(30).until(() -> bereft.stream().allMatch(each -> each.isFreshSince(killedNanos)));
      long moved =
          bereft.stream()
              .mapToLong(each -> each.longestStillNanos(killedNanos))
              .max()
              .orElseThrow();
      within(30).until(() -> members(row.node(1)) == 2);
      row.promises().atMost("the member is gone", System.nanoTime() - killedNanos, 5);
      row.promises().atMost("its displays have pictures from another node", moved, 5);
      FaultRow.pass(Duration.ofSeconds(5));
      row.promises().atMost("longest stall of other displays", stall(others, killedNanos), 1);
      row.promises().exactly("lost at other displays", 0, lost(others));
      row.finish(row.ledgers());
    }
  }

  private static int members(NodeProcess asked) throws Exception {
    JsonObject cluster = asked.json("/api/v1/cluster");
    return cluster.getJsonArray("answered").size() + cluster.getJsonArray("missing").size();
  }

  private static long stall(List<LedgerDisplay> displays, long sinceNanos) {
    return displays.stream()
        .mapToLong(each -> each.longestStillNanos(sinceNanos))
        .max()
        .orElseThrow();
  }

  private static long lost(List<LedgerDisplay> displays) {
    return displays.stream().mapToLong(each -> each.status().orElseThrow().chunks().lost()).sum();
  }
}
