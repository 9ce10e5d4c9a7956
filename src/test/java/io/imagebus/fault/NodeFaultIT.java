package io.imagebus.fault;

import static io.imagebus.fault.FaultRow.pass;
import static io.imagebus.fault.FaultRow.within;
import static io.imagebus.fault.Measures.freshAfter;
import static io.imagebus.fault.Measures.lost;
import static io.imagebus.fault.Measures.members;
import static io.imagebus.fault.Measures.still;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.base.Clock;
import io.imagebus.testbed.NodeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that are killed or stand still. */
@Tag("fault")
@Timeout(180)
@ExtendWith(PromiseTable.class)
class NodeFaultIT {

  private static final Duration STOP = Duration.ofSeconds(25);

  private static final Load.Size MOVING = Load.Size.USUAL.moving();

  /** Bytes a second that a display reads which takes all it is sent. */
  private static final int PLENTY = 4_000_000;

  /** Streams on hosts 1 and 2 only. */
  private static final Load.Size FROM_TWO = Load.Size.USUAL.on(2);

  @Test
  @Tag("fault-ci")
  void f1_killedSubscriberNode_othersLoseNothing() throws Exception {
    try (FaultRow row = FaultRow.start("F1", "a node with displays is killed", false, FROM_TWO)) {
      row.allow(Allowed.CONNECTION_LOST);
      List<LedgerDisplay> bereft = row.load().displaysAt(3);
      List<LedgerDisplay> others = new ArrayList<>(row.load().displays());
      others.removeAll(bereft);

      new NodeKilled("F1", row.cluster(), 3).inject();
      long killedNanos = System.nanoTime();
      within(30).until(() -> members(row.node(1)) == 2);
      row.promises().atMost("the member is gone", System.nanoTime() - killedNanos, 5);
      within(30).until(() -> bereft.stream().allMatch(each -> each.isFreshSince(killedNanos)));
      row.promises()
          .atMost("its displays have pictures from another node", still(bereft, killedNanos), 5);
      pass(Duration.ofSeconds(5));
      row.promises().atMost("longest stall of other displays", still(others, killedNanos), 1);
      row.promises().exactly("lost at other displays", 0, lost(others));
      row.finish(row.ledgers());
    }
  }

  @Test
  @Tag("fault-ci")
  void f2_killedIngestNode_noPartialPicture_newEpochAfterRestart() throws Exception {
    try (FaultRow row = FaultRow.start("F2", "a node with cameras is killed in mid-frame")) {
      row.allow(Allowed.CONNECTION_LOST);
      List<LedgerCamera> cameras = row.load().camerasAt(1);
      List<LedgerDisplay> theirs =
          row.load().displays().stream()
              .filter(each -> cameras.stream().anyMatch(c -> c.topic().equals(each.topic())))
              .toList();
      cameras.forEach(camera -> camera.shootPart(1));

      String killedId = row.node(1).id();
      NodeKilled fault = new NodeKilled("F2", row.cluster(), 1);
      fault.inject();
      long killedNanos = System.nanoTime();
      within(10).until(() -> Measures.unfinishedBytes(row.node(2)) == 0);
      row.promises()
          .atMost("memory of unfinished pictures is free", System.nanoTime() - killedNanos, 3);
      within(10).until(() -> theirs.stream().noneMatch(each -> each.state().equals("live")));
      row.promises()
          .atMost("its streams are told as gone or silent", System.nanoTime() - killedNanos, 3);

      fault.heal();
      long readyNanos = System.nanoTime();
      within(30).until(() -> theirs.stream().allMatch(each -> each.isFreshSince(readyNanos)));
      row.promises()
          .atMost("pictures after the node is ready again", freshAfter(theirs, readyNanos), 5);
      row.promises()
          .exactly(
              "new epochs at each display",
              1,
              theirs.stream().mapToLong(each -> each.counts().epochs() - 1).max().orElseThrow());
      // A tail is given up once its stream has been silent for 3 s, and told a second later.
      long tails = 2L * cameras.size();
      within(10).until(() -> unknownTails(row.node(2), killedId) >= tails);
      row.promises()
          .exactly(
              "unknown tails, for each stream and receiver",
              tails,
              unknownTails(row.node(2), killedId));
      row.promises().exactly("partial or wrong pictures shown", 0, Measures.wrong(row.load()));
      row.finish(row.ledgers().joiningLate());
    }
  }

  @Test
  void f3_receiverStopped5s_skipsButLosesNothing() throws Exception {
    try (FaultRow row = FaultRow.start("F3", "a receiver stands still for 5 s", false, FROM_TWO)) {
      row.allow(Allowed.STOOD_STILL);
      stopReceiver(row, Duration.ofSeconds(5), 16, 2);
      row.promises().exactly("members after it", 3, members(row.node(1)));
      row.promises().exactly("lost on all hops", 0, Measures.lostOnAllHops(row.node(1)));
      row.finish(row.ledgers().besideOthers());
    }
  }

  @Test
  void f4_receiverStopped25s_costsBoundedMemoryAndShowsNothingOld() throws Exception {
    try (FaultRow row = FaultRow.start("F4", "a receiver stands still for 25 s", false, FROM_TWO)) {
      row.allow(Allowed.CONNECTION_LOST);
      row.allow(Allowed.STOOD_STILL, Allowed.LOSSES);
      stopReceiver(row, STOP, 64, 15);
      row.finish(
          row.ledgers()
              .besideOthers()
              .mayLose(line -> line.getString("node").equals(row.node(3).id())));
    }
  }

  /**
   * Stops node 3 for a while. The program's own displays go to another node before it is back;
   * others wait there.
   */
  private static long unknownTails(NodeProcess asked, String sender) throws Exception {
    return Measures.lines(asked).stream()
        .filter(line -> line.getString("peer").equals(sender))
        .mapToLong(line -> line.getLong("unknownTails"))
        .sum();
  }

  private static void stopReceiver(FaultRow row, Duration time, int mebibytes, int freshSeconds)
      throws Exception {
    List<String> topics = row.load().cameras().stream().map(LedgerCamera::topic).toList();
    try (TrickleDisplays staying = new TrickleDisplays(row.node(3).server(), topics, PLENTY)) {
      NodeStopped fault = new NodeStopped("", row.cluster(), 3);
      within(10).until(() -> staying.notFreshSince(0).isEmpty());
      long memoryBefore = Memory.bytes(row.node(1));
      fault.inject();
      pass(time);
      long grown = Memory.bytes(row.node(1)) - memoryBefore;
      fault.heal();
      long healedNanos = System.nanoTime();
      long healedMicros = Clock.system().epochMicros();
      staying.forgetAges();
      row.promises().atMostMebibytes("a publishing node grows by", grown, mebibytes);
      within(60).untilAsserted(() -> assertThat(staying.notFreshSince(healedMicros)).isEmpty());
      row.promises().atMost("new pictures", System.nanoTime() - healedNanos, freshSeconds);
      pass(Duration.ofSeconds(2));
      // The one that was on its way to the display when the node stopped cannot be called back.
      long old = staying.mostOlderThan(3_000_000);
      row.promises()
          .measured(
              "pictures older than 3 s at a display ≤ 1, the one under way",
              Long.toString(old),
              old <= 1);
      row.promises().exactly("displays closed", 0, staying.ended());
      row.promises().some("skipped", Measures.sum(row.node(1), "node-node", "skipped"));
    }
  }

  @Test
  void f5_ingestStopped25s_displaysKnow_sameEpochGoesOn() throws Exception {
    try (FaultRow row = FaultRow.start("F5", "a node with cameras stands still for 25 s")) {
      row.allow(Allowed.CONNECTION_LOST);
      row.allow(Allowed.STOOD_STILL, Allowed.LOSSES);
      List<LedgerCamera> cameras = row.load().camerasAt(1);
      List<LedgerDisplay> theirs =
          row.load().displays().stream()
              .filter(each -> !row.load().displaysAt(1).contains(each))
              .filter(each -> cameras.stream().anyMatch(c -> c.topic().equals(each.topic())))
              .toList();

      NodeStopped fault = new NodeStopped("F5", row.cluster(), 1);
      fault.inject();
      long stoppedNanos = System.nanoTime();
      within(20).until(() -> theirs.stream().noneMatch(each -> each.state().equals("live")));
      // Silence counts from 3 s on, and is told each second.
      row.promises().atMost("displays know", System.nanoTime() - stoppedNanos, 4);
      pass(STOP.minusNanos(System.nanoTime() - stoppedNanos));
      fault.heal();
      long healedNanos = System.nanoTime();
      within(40).until(() -> theirs.stream().allMatch(each -> each.isFreshSince(healedNanos)));
      row.promises().atMost("new pictures", freshAfter(theirs, healedNanos), 15);
      within(20).until(() -> theirs.stream().allMatch(each -> each.state().equals("live")));
      row.promises().exactly("streams of each camera", 1, row.load().ledger().streams().size() / 8);
      String stopped = row.node(1).id();
      row.finish(
          row.ledgers()
              .mayLose(
                  line ->
                      line.getString("peer").equals(stopped)
                          || line.getString("node").equals(stopped)));
      long lost = Measures.lostOnAllHops(row.node(2));
      row.promises()
          .measured(
              "lost, all sent into connections that were dead, ≤ a window for each of 4 links: 128",
              Long.toString(lost),
              lost <= 128);
    }
  }

  @Test
  void f14_rollingRestart_picturesGoOn() throws Exception {
    try (FaultRow row =
        FaultRow.start("F14", "each node in turn is told to end and is restarted", false, MOVING)) {
      row.allow(Allowed.CONNECTION_LOST);
      List<LedgerDisplay> all = row.load().displays();
      long beganNanos = System.nanoTime();
      long longestEnd = 0;
      for (int host = 1; host <= 3; host++) {
        long toldNanos = System.nanoTime();
        NodeRestarted fault = new NodeRestarted("F14", row.cluster(), host);
        fault.inject();
        longestEnd = Math.max(longestEnd, System.nanoTime() - toldNanos);
        fault.heal();
      }
      long healedNanos = System.nanoTime();
      within(20).until(() -> all.stream().allMatch(each -> each.isFreshSince(healedNanos)));
      row.promises().atMost("a node that is told to end is gone", longestEnd, 12);
      row.promises().atMost("longest time without a new picture", still(all, beganNanos), 2);
      row.promises().exactly("lost at displays", 0, lost(all));
      row.promises()
          .exactly(
              "unknown tails at displays",
              0,
              all.stream().mapToLong(each -> each.counts().unknownTails()).sum());
      row.promises().exactly("wrong pictures shown", 0, Measures.wrong(row.load()));
      row.finish(row.ledgers().joiningLate());
    }
  }

  @Test
  void f24_wholeClusterKilled_coldStart() throws Exception {
    try (FaultRow row = FaultRow.start("F24", "all nodes are killed and started again")) {
      row.allow(Allowed.CONNECTION_LOST);
      for (int host = 1; host <= 3; host++) {
        row.node(host).program().kill();
      }
      long startNanos = System.nanoTime();
      for (int host = 1; host <= 3; host++) {
        row.cluster().launch(host);
      }
      List<LedgerDisplay> all = row.load().displays();
      within(60).until(() -> all.stream().allMatch(each -> each.isFreshSince(startNanos)));
      row.promises().atMost("a picture on every display", freshAfter(all, startNanos), 20);
      for (int host = 1; host <= 3; host++) {
        row.node(host).awaitReady();
      }
      row.cluster().awaitLinked();
      row.promises().exactly("members of old", 3, members(row.node(1)));
      row.finish(row.ledgers().joiningLate());
    }
  }
}
