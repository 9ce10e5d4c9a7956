package io.imagebus.delivery;

import io.imagebus.base.Clock;
import io.imagebus.bus.AccountFeed;
import io.imagebus.bus.AccountFeed.Account;
import io.imagebus.bus.AlarmLog;
import io.imagebus.bus.TopicKey;
import io.imagebus.door.ControlSocket;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.AlarmBoard;
import io.imagebus.sequence.Moment;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The displays of one event loop: those on control sockets, which others accept and {@link #attach}
 * here, and those behind the doors that {@link #mount} opens. To be deployed on the context that
 * serves their connections.
 */
public final class DeliveryVerticle extends VerticleBase {

  private static final long REPORT_MILLIS = 1_000;

  private final DeliverySettings settings;
  private final Clock clock;
  private final String node;
  private final int instance;
  private final int instances;
  private final AlarmBoard alarms = new AlarmBoard(new AlarmLog());
  private @Nullable Floor floor;
  private long timer;
  private long reports;

  /**
   * Delivery for one event loop.
   *
   * @param settings the node's
   * @param node this node's id
   * @param instance 0 to instances − 1
   * @param instances how many event loops share the node's displays
   */
  public DeliveryVerticle(
      DeliverySettings settings, Clock clock, String node, int instance, int instances) {
    this.settings = settings;
    this.clock = clock;
    this.node = node;
    this.instance = instance;
    this.instances = instances;
  }

  @Override
  public Future<?> start() {
    Outlets outlets = new Outlets((settings.maxDisplays() + instances - 1) / instances);
    floor =
        new Floor(
            settings,
            clock,
            new Rooms(vertx, clock, settings.staleAfterMillis()),
            outlets,
            new DepartedDisplays(),
            new Absences());
    timer = vertx.setPeriodic(Outlets.TURN_MILLIS, any -> outlets.turn(clock.nanoTime()));
    reports = vertx.setPeriodic(REPORT_MILLIS, any -> report());
    return Future.succeededFuture();
  }

  private void report() {
    Moment now = new Moment(clock.nanoTime(), clock.epochMicros());
    List<DisplayAccount> present = accounts();
    Set<TopicKey> shown = present.stream().map(DisplayAccount::shown).collect(Collectors.toSet());
    floor()
        .departed()
        .expire(shown, TimeUnit.SECONDS.toNanos(settings.retentionSeconds()), now.nanos());
    List<AccountLine> sums = DeliveryLines.of(node, present, departed(), floor().absences());
    alarms.look(sums, now);
    List<AccountLine> lines = new ArrayList<>(sums);
    lines.addAll(DeliveryLines.single(node, present));
    AccountFeed.report(
        vertx, new Account("delivery-" + instance, lines, new JsonArray(), alarms.standing()));
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    vertx.cancelTimer(reports);
    floor().outlets().closeAll();
    floor().rooms().closeAll();
    return Future.succeededFuture();
  }

  Floor floor() {
    if (floor == null) {
      throw new IllegalStateException("delivery is not started");
    }
    return floor;
  }

  /** Opens the doors for snapshots, MJPEG, whole pictures and, last, the static pages. */
  public void mount(Router router) {
    new HttpDoors(floor()).mount(router);
    TopicLink.mount(router);
    new StaticPages().mount(router);
  }

  /**
   * Answers to the display's half of a control socket.
   *
   * @param name of the connection, as it is in the log and in accounts
   */
  public void attach(ControlSocket socket, String name) {
    DisplayControl.attach(floor(), socket, name);
  }

  /** The node goes down: ends the connections that understand no control messages. */
  public void sendAllAway() {
    floor().outlets().sendAllAway();
  }

  /** The last hop to each display and topic of this event loop; to be called there. */
  public List<DisplayAccount> accounts() {
    return floor().rooms().all().stream()
        .flatMap(room -> room.seats().stream())
        .flatMap(seat -> seat.accounts().stream())
        .toList();
  }

  /** The same for displays that have left, by topic; to be called on this event loop. */
  public List<TopicTotals> departed() {
    return floor().departed().totals();
  }

  /** How many connections of this event loop get pictures; to be called there. */
  public int displays() {
    return floor().outlets().count();
  }
}
