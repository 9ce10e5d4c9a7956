package io.imagebus.fault;

import static io.imagebus.fault.FaultRow.within;

import io.imagebus.frame.StreamId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Publishers that do what they should not. */
@Tag("fault")
@Timeout(180)
@ExtendWith(PromiseTable.class)
class PublisherFaultIT {

  @Test
  @Tag("fault-ci")
  void f19_twoPublishersOfOneTopic_newestWinsAndItIsKnown() throws Exception {
    try (FaultRow row =
        FaultRow.start("F19", "a second publisher takes a topic, the first goes on")) {
      row.allow(Allowed.TWO_PUBLISHERS);
      LedgerCamera first = row.load().camerasAt(1).get(0);
      List<LedgerDisplay> displays =
          row.load().displays().stream().filter(d -> d.topic().equals(first.topic())).toList();
      first.insist();
      LedgerCamera second = row.load().camera(first.topic(), 2);
      second.film(1, 100);
      within(10).until(() -> second.stream().isPresent());
      StreamId newest = second.stream().orElseThrow().id();
      long takenNanos = System.nanoTime();
      within(10)
          .until(() -> displays.stream().allMatch(each -> each.newestStream().equals(newest)));
      row.promises().atMost("every display shows the newer one", System.nanoTime() - takenNanos, 2);
      within(30).until(() -> !alarms(row, first.topic()).isEmpty());
      row.promises().atMost("alarm two-publishers", System.nanoTime() - takenNanos, 10);
      FaultRow.pass(Duration.ofSeconds(5));
      row.promises()
          .some(
              "stale",
              Measures.lines(row.node(1)).stream()
                  .filter(line -> line.getString("topic").equals(first.topic()))
                  .mapToLong(line -> line.getLong("stale"))
                  .sum());
      row.promises()
          .exactly(
              "changes of source at a display",
              1,
              displays.stream().mapToLong(LedgerDisplay::changesOfStream).max().orElseThrow());
      row.finish(row.ledgers().joiningLate());
    }
  }

  private static List<JsonObject> alarms(FaultRow row, String topic) throws Exception {
    return row.node(3).json("/api/v1/reliability").getJsonArray("alarms").stream()
        .map(JsonObject.class::cast)
        .filter(alarm -> alarm.getString("kind").equals("two-publishers"))
        .filter(alarm -> alarm.getString("topic").equals(topic))
        .toList();
  }
}
