package io.imagebus.fault;

import static io.imagebus.fault.FaultRow.pass;
import static io.imagebus.fault.FaultRow.within;
import static io.imagebus.fault.Measures.ageNanos;

import io.imagebus.testbed.NodeProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Displays that are slow, or dead without a word. */
@Tag("fault")
@Timeout(180)
@ExtendWith(PromiseTable.class)
class DisplayFaultIT {

  private static final int SLOW = 50;
  private static final int BYTES_PER_SECOND = 10_000;
  private static final int PICTURE_BYTES = 64 * 1024;
  private static final double PICTURE_SECONDS = (double) PICTURE_BYTES / BYTES_PER_SECOND;

  /** Until a display has acknowledged for the first time, its socket alone holds back. */
  private static final Duration FIRST = Duration.ofSeconds(30);

  @Test
  void f11_slowDisplays_costOthersNothingAndStayFresh() throws Exception {
    Load.Size size = new Load.Size(3, 8, 2, 10, PICTURE_BYTES, false);
    try (FaultRow row = FaultRow.start("F11", "50 displays that read 10 KB/s", false, size)) {
      NodeProcess node = row.node(2);
      List<LedgerDisplay> others = row.load().displaysAt(2);
      long calmNanos = System.nanoTime();
      pass(Duration.ofSeconds(8));
      long ageBefore = ageNanos(others, calmNanos, 99);
      long memoryBefore = Memory.bytes(node);
      String topic = row.load().camerasAt(1).get(0).topic();
      try (TrickleDisplays slow =
          new TrickleDisplays(node.server(), topic, SLOW, BYTES_PER_SECOND)) {
        long slowNanos = System.nanoTime();
        pass(FIRST);
        slow.forgetAges();
        pass(Duration.ofSeconds(25));
        long grown = (Memory.bytes(node) - memoryBefore) / SLOW;
        row.promises()
            .measured(
                "memory for each ≤ 2 pictures and 256 KiB",
                grown / 1024 + " KiB",
                grown <= 2 * PICTURE_BYTES + 256 * 1024);
        long ageNow = ageNanos(others, slowNanos, 99);
        row.promises()
            .measured(
                "other displays: 99 % of pictures not 10 % older than before",
                "%d ms before, %d ms".formatted(ageBefore / 1_000_000, ageNow / 1_000_000),
                ageNow <= ageBefore * 1.1);
        row.promises()
            .atMost(
                "what they show is at most as old as one picture's time on the line, and 2 s",
                slow.oldestMicros() * 1_000,
                Math.round(10 * (PICTURE_SECONDS + 2)) / 10.0);
        row.promises().some("pictures that they showed", slow.shown());
        row.promises().exactly("slow displays closed", 0, slow.ended());
      }
      row.promises()
          .some(
              "skipped on the way to them",
              Measures.lines(node).stream()
                  .filter(line -> line.getString("topic").equals(topic))
                  .mapToLong(l -> l.getJsonObject("skippedByReason").getLong("slow-display", 0L))
                  .sum());
      row.finish(row.ledgers().besideOthers());
    }
  }

  @Test
  @Tag("fault-ci")
  void f12_displayThatStopsReading_isClosed() throws Exception {
    try (FaultRow row = FaultRow.start("F12", "10 displays stop to read and never close")) {
      row.allow(Allowed.GIVEN_UP);
      NodeProcess node = row.node(2);
      pass(Duration.ofSeconds(3));
      long liveBefore = Memory.heapBytes(node);
      long descriptorsBefore = node.program().descriptors();
      String topic = row.load().camerasAt(1).get(0).topic();
      try (TrickleDisplays silent = new TrickleDisplays(node.server(), topic, 10, 0)) {
        long silentNanos = System.nanoTime();
        within(10).until(() -> node.program().descriptors() >= descriptorsBefore + 10);
        within(60).until(() -> node.program().descriptors() <= descriptorsBefore + 1);
        row.promises().atMost("their sockets are closed", System.nanoTime() - silentNanos, 30);
        pass(Duration.ofSeconds(2));
        long grown = Memory.heapBytes(node) - liveBefore;
        row.promises().atMostMebibytes("heap back to what it was, and", grown, 1);
      }
      row.finish(row.ledgers().besideOthers());
    }
  }
}
