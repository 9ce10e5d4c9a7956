package io.imagebus.fault;

import static io.imagebus.fault.FaultRow.within;

import io.imagebus.fault.ByteFlips.Part;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bytes that change on the way, as TCP's checksum lets pass now and then. */
@Tag("fault")
@Timeout(180)
@ExtendWith(PromiseTable.class)
class CorruptionFaultIT {

  private static final int EVERY = 1_000;
  private static final long MOST = 30;

  /** Chunks small enough that some ten thousand pass in a row's time. */
  private static final String CHUNKS = "frames.chunk-bytes=8KiB";

  @Test
  @Tag("fault-ci")
  void f18_flippedBitsOnALink_areCountedExactly() throws Exception {
    try (FaultRow row =
        FaultRow.start(
            "F18",
            "a bit is flipped in one of 1,000 chunks between nodes",
            true,
            Load.Size.USUAL.on(2),
            CHUNKS)) {
      row.allow(Allowed.LOSSES);
      LinkProxy way = row.cluster().proxy(3);
      ByteFlips payloads = new ByteFlips(row.seed(), Part.PAYLOAD, EVERY, MOST);
      way.flipUp(payloads);
      within(60).until(() -> payloads.flips() == MOST);
      ByteFlips headers = new ByteFlips(row.seed() + 1, Part.HEADER, EVERY, MOST);
      way.flipUp(headers);
      within(60).until(() -> headers.flips() == MOST);
      FaultRow.pass(Duration.ofSeconds(1));
      row.finish(row.ledgers().mayLose(line -> line.getString("node").equals(row.node(3).id())));
      row.promises()
          .exactly(
              "flips in payloads are corrupt:",
              payloads.flips(),
              Measures.sum(row.node(1), "node-node", "corrupt"));
      row.promises()
          .exactly(
              "flips in headers are unattributable:",
              headers.flips(),
              Measures.sum(row.node(1), "node-node", "unattributable"));
      row.promises()
          .exactly(
              "and their holes are lost:",
              headers.flips(),
              Measures.sum(row.node(1), "node-node", "lost"));
      row.promises().exactly("wrong pictures shown", 0, Measures.wrong(row.load()));
    }
  }

  @Test
  void f18_flippedBitsToADisplay_areCountedExactly() throws Exception {
    try (FaultRow row =
        FaultRow.start(
            "F18b",
            "a bit is flipped in one of 100 chunks to a display",
            false,
            Load.Size.USUAL.on(2),
            CHUNKS)) {
      row.allow(Allowed.LOSSES);
      InetSocketAddress http =
          new InetSocketAddress(row.lab().address(3), row.node(3).server().port());
      try (LinkProxy way = LinkProxy.beforeWebSockets(row.lab().outside(), http)) {
        LedgerDisplay display = row.load().display(Load.topic(0), 3, way);
        within(10).until(() -> display.shown().size() > 5);
        ByteFlips payloads = new ByteFlips(row.seed(), Part.PAYLOAD, EVERY / 10, MOST);
        way.flipDown(payloads);
        within(60).until(() -> payloads.flips() == MOST);
        ByteFlips headers = new ByteFlips(row.seed() + 1, Part.HEADER, EVERY / 10, MOST);
        way.flipDown(headers);
        within(60).until(() -> headers.flips() == MOST);
        FaultRow.pass(Duration.ofSeconds(1));
        row.finish(row.ledgers().joiningLate());
        row.promises()
            .exactly(
                "flips in payloads are corrupt:", payloads.flips(), display.counts().corrupt());
        row.promises()
            .exactly(
                "flips in headers are unattributable:", headers.flips(), display.unattributable());
        row.promises()
            .exactly("and their holes are lost:", headers.flips(), display.counts().lost());
        row.promises().exactly("wrong pictures shown", 0, Measures.wrong(row.load()));
      }
    }
  }

  @Test
  void f18_flippedBitsOfMustSeeTopics_areRepaired() throws Exception {
    try (FaultRow row =
        FaultRow.start(
            "F18c",
            "a bit is flipped in one of 1,000 chunks of topics that must be seen",
            true,
            Load.Size.USUAL.on(2),
            CHUNKS,
            "topics.must-see=#")) {
      LinkProxy way = row.cluster().proxy(3);
      ByteFlips payloads = new ByteFlips(row.seed(), Part.PAYLOAD, EVERY, MOST);
      way.flipUp(payloads);
      within(60).until(() -> payloads.flips() == MOST);
      ByteFlips headers = new ByteFlips(row.seed() + 1, Part.HEADER, EVERY, MOST);
      way.flipUp(headers);
      within(60).until(() -> headers.flips() == MOST);
      FaultRow.pass(Duration.ofSeconds(1));
      row.finish(row.ledgers());
      row.promises()
          .exactly(
              "flips that are repaired:",
              payloads.flips() + headers.flips(),
              Measures.sum(row.node(1), "node-node", "repaired"));
      row.promises()
          .exactly(
              "lost or corrupt",
              0,
              Measures.sum(row.node(1), "node-node", "lost")
                  + Measures.sum(row.node(1), "node-node", "corrupt"));
      row.promises()
          .exactly(
              "pictures left out as incomplete",
              0,
              row.load().displays().stream()
                  .mapToLong(each -> each.skippedFrames("incomplete"))
                  .sum());
      row.promises().exactly("wrong pictures shown", 0, Measures.wrong(row.load()));
    }
  }
}
