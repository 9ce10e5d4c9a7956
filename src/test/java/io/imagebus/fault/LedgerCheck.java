package io.imagebus.fault;

import static org.awaitility.Awaitility.await;

import io.imagebus.sequence.SequenceCounts;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * G, what must hold at rest after every fault: the accounts of all hops equal what cameras and
 * displays wrote down, to the number, and on each hop every number has one fate. One thread.
 */
final class LedgerCheck {

  private static final String INGEST = "publisher-ingest";
  private static final String LINK = "node-node";
  private static final String DISPLAY = "delivery-display";

  private final FaultCluster cluster;
  private final Ledger ledger;
  private final List<LedgerDisplay> displays;
  private Predicate<JsonObject> mayLose = line -> false;
  private boolean onlyLedgers = true;
  private boolean fromTheStart = true;
  private boolean eachConnection;
  private UnwantedNumbers unwanted = new UnwantedNumbers();
  private List<String> differences = new ArrayList<>();
  private JsonObject account = new JsonObject();

  LedgerCheck(FaultCluster cluster, Ledger ledger, List<LedgerDisplay> displays) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.displays = displays;
  }

  /** Lines of links on which numbers may be lost: then exactly those that were sent and not got. */
  LedgerCheck mayLose(Predicate<JsonObject> links) {
    mayLose = links;
    return this;
  }

  /** There were displays that keep no ledger: what nodes sent to displays is more than that. */
  LedgerCheck besideOthers() {
    onlyLedgers = false;
    return this;
  }

  /** Nodes learnt late that others follow a stream: their lines begin at a number above 0. */
  LedgerCheck joiningLate() {
    fromTheStart = false;
    return this;
  }

  /**
   * Displays move between nodes under load, where one may be several pictures behind another and
   * send again what was shown, and some are no more: checks instead what each display was sent and
   * says itself on its connection of now. All of them keep ledgers.
   */
  LedgerCheck eachConnection() {
    eachConnection = true;
    return this;
  }

  /** Lines of links may have been closed meanwhile, because a node had no display for a while. */
  LedgerCheck apartFrom(UnwantedNumbers earlier) {
    unwanted = earlier;
    return this;
  }

  /**
   * Waits until all accounts agree.
   *
   * @throws AssertionError names every difference; both ledgers are in the file that it names
   */
  void assertHolds(String row, Duration atMost) throws IOException {
    try {
      await().atMost(atMost).pollInterval(Duration.ofMillis(500)).until(this::holds);
    } catch (ConditionTimeoutException e) {
      Path file = Promises.DIRECTORY.resolve(row + "-ledgers.json");
      Files.createDirectories(Promises.DIRECTORY);
      String both = toJson().encodePrettily();
      Files.writeString(file, both);
      throw new AssertionError(
          "ledgers and accounts differ, see %s:%n%s%n%s"
              .formatted(file, String.join("\n", differences), both));
    }
  }

  private JsonObject toJson() {
    JsonArray shown = new JsonArray();
    displays.forEach(display -> shown.add(display.toJson()));
    return new JsonObject()
        .put("cameras", ledger.toJson())
        .put("displays", shown)
        .put("account", account);
  }

  private boolean holds() throws Exception {
    differences = new ArrayList<>();
    NodeProcess asked = cluster.running().get(0);
    account = asked.json("/api/v1/reliability?displays=" + eachConnection);
    if (account.getJsonArray("answered").size() != cluster.running().size()) {
      differences.add("only these nodes answered: " + account.getJsonArray("answered"));
      return false;
    }
    for (JsonObject line : lines()) {
      checkIdentity(line);
    }
    Set<String> topics =
        ledger.streams().stream().map(OfferedStream::topic).collect(Collectors.toSet());
    for (String topic : topics) {
      for (NodeProcess node : cluster.running()) {
        checkIngest(topic, node);
        if (eachConnection) {
          checkConnections(topic, node);
        } else {
          checkDelivery(topic, node);
        }
      }
      lines().stream()
          .filter(line -> line.getString("hop").equals(LINK))
          .filter(line -> line.getString("topic").equals(topic))
          .forEach(line -> checkLink(topic, line));
    }
    displays.forEach(this::checkDisplay);
    return differences.isEmpty();
  }

  private List<JsonObject> lines() {
    return account.getJsonArray("topics").stream()
        .map(JsonObject.class::cast)
        .flatMap(topic -> topic.getJsonArray("hops").stream())
        .map(JsonObject.class::cast)
        .toList();
  }

  private static String name(JsonObject line) {
    return "%s %s at %s from %s"
        .formatted(
            line.getString("topic"),
            line.getString("hop"),
            line.getString("node"),
            line.getString("peer"));
  }

  private void equal(String what, long ledgers, long accounts) {
    if (ledgers != accounts) {
      differences.add("%s: ledger %d, account %d".formatted(what, ledgers, accounts));
    }
  }

  private void atMost(String what, long most, long count) {
    if (count > most) {
      differences.add("%s: at most %d, account %d".formatted(what, most, count));
    }
  }

  private void checkIdentity(JsonObject line) {
    long fates =
        line.getLong("received")
            + line.getLong("lost")
            + line.getLong("corrupt")
            + line.getLong("skipped")
            + line.getLong("pending");
    equal(name(line) + ", sum of fates", line.getLong("expected"), fates);
    equal(name(line) + ", pending", 0, line.getLong("pending"));
  }

  private List<OfferedStream> takenBy(String topic, String nodeId) {
    return ledger.of(topic).stream().filter(stream -> stream.node().equals(nodeId)).toList();
  }

  private static long numbers(List<OfferedStream> streams) {
    return streams.stream().mapToLong(OfferedStream::nextSequence).sum();
  }

  private static boolean isWhole(List<OfferedStream> streams) {
    return streams.stream().noneMatch(OfferedStream::isBroken);
  }

  private JsonObject line(String topic, String hop, String nodeId) {
    return lines().stream()
        .filter(line -> line.getString("topic").equals(topic))
        .filter(line -> line.getString("hop").equals(hop))
        .filter(line -> line.getString("node").equals(nodeId))
        .filter(line -> !isOneDisplay(line))
        .findFirst()
        .orElse(null);
  }

  private static boolean isOneDisplay(JsonObject line) {
    return line.getString("hop").equals(DISPLAY) && !line.getString("peer").equals("displays");
  }

  /** TCP loses nothing; of a connection that broke off, the end is not known. */
  private void checkIngest(String topic, NodeProcess node) {
    List<OfferedStream> taken = takenBy(topic, node.id());
    if (taken.isEmpty()) {
      return;
    }
    JsonObject line = line(topic, INGEST, node.id());
    if (line == null) {
      differences.add(topic + ": no line of the ingest at " + node.id());
      return;
    }
    String name = name(line);
    equal(name + ", lost and corrupt", 0, line.getLong("lost") + line.getLong("corrupt"));
    if (isWhole(taken)) {
      equal(name + ", expected", numbers(taken), line.getLong("expected"));
      equal(name + ", received", numbers(taken), line.getLong("received"));
    } else {
      atMost(name + ", expected", numbers(taken), line.getLong("expected"));
    }
  }

  /** What a node got from another is what that other sent to it. */
  private void checkLink(String topic, JsonObject line) {
    String name = name(line);
    List<OfferedStream> taken = takenBy(topic, line.getString("peer"));
    boolean senderLives =
        cluster.running().stream().anyMatch(node -> node.id().equals(line.getString("peer")));
    boolean follows = !line.getString("state").equals("closed");
    if (senderLives && follows && isWhole(taken) && fromTheStart) {
      equal(name + ", expected", numbers(taken), line.getLong("expected"));
    } else {
      atMost(
          name + ", expected", numbers(taken) + sentAgain(taken, line), line.getLong("expected"));
    }
    if (senderLives && follows) {
      long received = line.getLong("received") + line.getLong("corrupt");
      UnwantedNumbers.Amount apart = unwanted.of(line);
      long sent = line.getLong("sent") - apart.sent();
      long skipped = line.getLong("senderSkipped", -1L) - apart.skipped();
      equal(name + ", lost", sent - received, line.getLong("lost"));
      equal(name + ", skipped", skipped, line.getLong("skipped"));
    } else if (senderLives) {
      // Who does not want a stream any more counts no further; the sender may hear of it later.
      long told = line.getLong("sent") + line.getLong("senderSkipped", 0L);
      atMost(name + ", expected of what was sent", told, line.getLong("expected"));
      unwanted.note(line);
    }
    if (!mayLose.test(line)) {
      equal(name + ", lost and corrupt", 0, line.getLong("lost") + line.getLong("corrupt"));
    }
  }

  /** Who follows a stream anew begins with its newest picture, which may have come before. */
  private static long sentAgain(List<OfferedStream> taken, JsonObject line) {
    long inPicture =
        taken.stream()
            .filter(stream -> stream.frames() > 0)
            .mapToLong(stream -> (stream.nextSequence() + stream.frames() - 1) / stream.frames())
            .max()
            .orElse(0);
    return Math.max(0, line.getLong("epochs") - 1) * inPicture;
  }

  /** What a node believes of its displays is what they say, once they have reported. */
  private void checkDelivery(String topic, NodeProcess node) {
    List<LedgerDisplay> here =
        displays.stream()
            .filter(display -> display.topic().equals(topic))
            .filter(display -> !display.hasMoved())
            .filter(display -> display.home().equals(node.server()))
            .toList();
    boolean others =
        displays.stream()
            .filter(display -> display.topic().equals(topic))
            .anyMatch(
                display ->
                    display.hasMoved()
                        && (display.home().equals(node.server())
                            || display.welcomes().contains(node.server())));
    if (here.isEmpty() || others) {
      return;
    }
    SequenceCounts sum =
        here.stream()
            .flatMap(display -> display.status().stream())
            .map(status -> status.chunks())
            .reduce(SequenceCounts.ZERO, SequenceCounts::plus);
    JsonObject line = line(topic, DISPLAY, node.id());
    if (line == null) {
      differences.add(topic + ": no line of the displays at " + node.id());
      return;
    }
    String name = name(line);
    equal(name + ", expected", sum.expected(), line.getLong("expected"));
    equal(name + ", received", sum.received(), line.getLong("received"));
    equal(name + ", lost", sum.lost(), line.getLong("lost"));
    equal(name + ", corrupt", sum.corrupt(), line.getLong("corrupt"));
    equal(name + ", skipped", sum.skipped(), line.getLong("skipped"));
    if (onlyLedgers) {
      long sent = line.getLong("sent") + skippedByReason(line);
      equal(name + ", sent and skipped", sum.expected(), sent);
    }
  }

  /** What a node believes of the displays that are connected now, wherever they were before. */
  private void checkConnections(String topic, NodeProcess node) {
    List<LedgerDisplay> here =
        displays.stream()
            .filter(display -> display.topic().equals(topic))
            .filter(display -> display.isAt(node.server()))
            .toList();
    List<JsonObject> told =
        lines().stream()
            .filter(line -> line.getString("topic").equals(topic))
            .filter(line -> line.getString("node").equals(node.id()))
            .filter(LedgerCheck::isOneDisplay)
            .toList();
    SequenceCounts sum =
        here.stream()
            .map(LedgerDisplay::countsHere)
            .reduce(SequenceCounts.ZERO, SequenceCounts::plus);
    String name = "connections of %s at %s".formatted(topic, node.id());
    equal(name, here.size(), told.size());
    equal(name + ", expected", sum.expected(), sum(told, "expected"));
    equal(name + ", received", sum.received(), sum(told, "received"));
    equal(name + ", lost", sum.lost(), sum(told, "lost"));
    equal(name + ", corrupt", sum.corrupt(), sum(told, "corrupt"));
    equal(name + ", skipped", sum.skipped(), sum(told, "skipped"));
    long skipped = told.stream().mapToLong(LedgerCheck::skippedByReason).sum();
    equal(name + ", sent and skipped", sum.expected(), sum(told, "sent") + skipped);
  }

  private static long sum(List<JsonObject> lines, String counter) {
    return lines.stream().mapToLong(line -> line.getLong(counter)).sum();
  }

  private static long skippedByReason(JsonObject line) {
    return line.getJsonObject("skippedByReason").stream()
        .mapToLong(reason -> ((Number) reason.getValue()).longValue())
        .sum();
  }

  /** A display that stayed where it was knows the fate of every number that was offered. */
  private void checkDisplay(LedgerDisplay display) {
    String name = "display of " + display.topic() + " at " + display.welcomes();
    for (String wrong : display.wrong()) {
      differences.add(name + " showed " + wrong);
    }
    var status = display.status();
    if (status.isEmpty()) {
      return;
    }
    SequenceCounts counts = status.get().chunks();
    if (!counts.holdsIdentity()) {
      differences.add(name + ": identity of " + counts);
    }
    equal(name + ", pending", 0, counts.pending());
    List<OfferedStream> streams = ledger.of(display.topic());
    if (!display.hasMoved() && isWhole(streams) && fromTheStart) {
      equal(name + ", expected", numbers(streams), counts.expected());
    }
    if (status.get().brokenFrames() == 0 && counts.duplicate() == 0) {
      checkShown(display, name, counts);
    }
  }

  /**
   * Every chunk received is part of a picture shown, but where a display moved: one picture may
   * have been cut off there, and one have come from both nodes.
   */
  private void checkShown(LedgerDisplay display, String name, SequenceCounts counts) {
    long shown = display.shown().stream().mapToLong(LedgerDisplay.Shown::chunks).sum();
    long inPicture =
        display.shown().stream().mapToLong(LedgerDisplay.Shown::chunks).max().orElse(1);
    long most = (display.welcomes().size() - 1) * (2 * inPicture - 1);
    atMost(name + ", chunks of the pictures shown", counts.received(), shown);
    if (!eachConnection || !display.hasMoved()) {
      atMost(name + ", chunks of no picture shown", most, counts.received() - shown);
    }
  }
}
