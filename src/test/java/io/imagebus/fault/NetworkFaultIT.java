package io.imagebus.fault;

import static io.imagebus.fault.FaultRow.pass;
import static io.imagebus.fault.FaultRow.within;
import static io.imagebus.fault.Measures.freshAfter;
import static io.imagebus.fault.Measures.lost;
import static io.imagebus.fault.Measures.skipped;
import static io.imagebus.fault.Measures.still;

import io.imagebus.testbed.NodeProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Networks that are cut, slow, or stand still. */
@Tag("fault")
@Timeout(180)
@ExtendWith(PromiseTable.class)
class NetworkFaultIT {

  private static final Duration CUT = Duration.ofSeconds(25);

  /** Also displays on the node of the camera itself. */
  private static final Load.Size EVERYWHERE = Load.Size.USUAL.displays(3);

  @Test
  void f6_oneNodeCutOffFromTwo_eachSideServesItsOwn() throws Exception {
    partition("F6", "the oldest node is cut off from two others for 25 s", 1);
  }

  @Test
  void f6_twoNodesCutOffFromOne_eachSideServesItsOwn() throws Exception {
    partition("F6b", "the youngest node is cut off from two others for 25 s", 3);
  }

  private static void partition(String number, String fault, int alone) throws Exception {
    try (FaultRow row = FaultRow.start(number, fault, false, EVERYWHERE)) {
      row.allow(Allowed.CONNECTION_LOST);
      row.allow(Allowed.LOSSES);
      List<LedgerDisplay> local = row.load().localDisplays();
      List<LedgerDisplay> all = row.load().displays();

      Fault cut = Partition.around(number, row.lab(), alone);
      cut.inject();
      long cutNanos = System.nanoTime();
      pass(CUT);
      row.promises()
          .atMost("longest stall of displays beside their camera", still(local, cutNanos), 1);
      row.promises().exactly("lost at displays beside their camera", 0, lost(local));
      cut.heal();
      long healedNanos = System.nanoTime();
      within(60).until(() -> all.stream().allMatch(each -> each.isFreshSince(healedNanos)));
      row.promises().atMost("pictures everywhere", freshAfter(all, healedNanos), 20);
      row.promises().exactly("streams of each camera", 1, row.load().ledger().streams().size() / 8);
      row.promises().exactly("wrong pictures shown", 0, Measures.wrong(row.load()));
      row.finish(row.ledgers().mayLose(line -> true));
    }
  }

  @Test
  void f7_oneWayCut_isDetectedAndDoesNotFlap() throws Exception {
    try (FaultRow row = FaultRow.start("F7", "one node's packets to another vanish for 25 s")) {
      row.allow(Allowed.CONNECTION_LOST);
      row.allow(Allowed.LOSSES);
      Fault cut = Partition.oneWay("F7", row.lab(), 1, 3);
      NodeProcess deafened = row.node(1);
      String silent = row.node(3).id();
      try (BusConnections connections = new BusConnections(row.lab(), List.of(1, 3))) {
        cut.inject();
        long cutNanos = System.nanoTime();
        within(40).until(() -> !Measures.peerState(deafened, silent).equals("up"));
        row.promises().atMost("the node knows", System.nanoTime() - cutNanos, 15);
        pass(CUT.minusNanos(System.nanoTime() - cutNanos));
        long perMinute = connections.opened() * 60 / CUT.toSeconds();
        row.promises()
            .measured(
                "new connections between the two ≤ 3 a minute each way",
                perMinute + " a minute",
                perMinute <= 6);
      }
      cut.heal();
      long healedNanos = System.nanoTime();
      List<LedgerDisplay> all = row.load().displays();
      within(60).until(() -> all.stream().allMatch(each -> each.isFreshSince(healedNanos)));
      row.promises().atMost("pictures everywhere", freshAfter(all, healedNanos), 20);
      row.finish(row.ledgers().mayLose(line -> true));
    }
  }

  @Test
  void f8_twoNodesCannotSeeEachOther_theThirdIsUnaffected() throws Exception {
    try (FaultRow row = FaultRow.start("F8", "two nodes of three do not see each other for 60 s")) {
      row.allow(Allowed.CONNECTION_LOST);
      row.allow(Allowed.LOSSES);
      List<LedgerDisplay> ofOne = thirdsDisplaysOf(row, 1);
      List<LedgerDisplay> ofTwo = thirdsDisplaysOf(row, 2);
      Fault cut = Partition.between("F8", row.lab(), 1, 2);
      cut.inject();
      long cutNanos = System.nanoTime();
      pass(Duration.ofSeconds(60));
      row.promises().exactly("lost at displays of the third", 0, lost(ofOne) + lost(ofTwo));
      // Membership makes a whole cut of a partial one: the third stays with one of the two.
      System.out.printf(
          "F8 stalls at the third: %d ms, %d ms%n",
          still(ofOne, cutNanos) / 1_000_000, still(ofTwo, cutNanos) / 1_000_000);
      long stall = Math.min(still(ofOne, cutNanos), still(ofTwo, cutNanos));
      row.promises().atMost("longest stall at the third of one node's streams", stall, 2);
      cut.heal();
      long healedNanos = System.nanoTime();
      List<LedgerDisplay> all = row.load().displays();
      within(60).until(() -> all.stream().allMatch(each -> each.isFreshSince(healedNanos)));
      row.promises().atMost("pictures everywhere", freshAfter(all, healedNanos), 20);
      row.finish(row.ledgers().mayLose(line -> true));
    }
  }

  private static List<LedgerDisplay> thirdsDisplaysOf(FaultRow row, int host) {
    List<String> topics = row.load().camerasAt(host).stream().map(LedgerCamera::topic).toList();
    return row.load().displaysAt(3).stream().filter(d -> topics.contains(d.topic())).toList();
  }

  @Test
  void f9_slowLink_staysFreshBySkipping() throws Exception {
    Load.Size offered = new Load.Size(1, 5, 2, 10, 128 * 1024, false);
    try (FaultRow row = FaultRow.start("F9", "20 Mbit/s to a node for 52 Mbit/s", false, offered)) {
      List<LedgerDisplay> behind = row.load().displaysAt(3);
      long memoryBefore = Memory.bytes(row.node(1));
      Fault slow = new SlowLink("F9", row.lab(), 3, 20);
      slow.inject();
      long slowNanos = System.nanoTime();
      pass(Duration.ofSeconds(40));
      long grown = Memory.bytes(row.node(1)) - memoryBefore;
      row.promises()
          .atMost("95 % of pictures are younger", Measures.ageNanos(behind, slowNanos, 95), 1.5);
      row.promises().some("skipped", skipped(behind));
      row.promises().atMostMebibytes("the sender grows by", grown, 32);
      slow.heal();
      pass(Duration.ofSeconds(2));
      row.finish(row.ledgers());
      row.promises().exactly("lost on all hops", 0, Measures.lostOnAllHops(row.node(1)));
    }
  }

  @Test
  void f10_linkStallsAgainAndAgain() throws Exception {
    try (FaultRow row =
        FaultRow.start("F10", "a link stalls for 4 s, every 10 s", true, Load.Size.USUAL.on(2))) {
      List<LedgerDisplay> behind = row.load().displaysAt(3);
      Fault stall = new StalledLink("F10", row.cluster().proxy(3));
      long memoryBefore = Memory.bytes(row.node(1));
      for (int i = 0; i < 4; i++) {
        stall.inject();
        pass(Duration.ofSeconds(4));
        stall.heal();
        pass(Duration.ofSeconds(6));
      }
      long healedNanos = System.nanoTime();
      long grown = Memory.bytes(row.node(1)) - memoryBefore;
      within(20).until(() -> behind.stream().allMatch(each -> each.isFreshSince(healedNanos)));
      row.promises().atMost("new pictures", freshAfter(behind, healedNanos), 2);
      row.promises().atMostMebibytes("a sender grows by", grown, 16);
      row.promises().some("skipped", skipped(behind));
      row.finish(row.ledgers());
      row.promises().exactly("lost on all hops", 0, Measures.lostOnAllHops(row.node(1)));
    }
  }
}
