package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order: a display is never left with a number unexplained. */
class DisplayRandomTest {

  private static final int STEPS = 1_500;
  private static final List<String> TOPICS = List.of("a", "b", "c");

  private final Vertx vertx = Vertx.vertx();
  private final List<Seen> displays = new ArrayList<>();
  private final List<SeatScript.Source> sources = new ArrayList<>();
  private SeatScript script;
  private SplittableRandom random;
  private long nextStream = 1;

  private record Seen(Display display, ScriptedWriter writer) {}

  @AfterEach
  void stop() throws Exception {
    TestEdge.await(vertx.close());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anything_inAnyOrder_leavesNoNumberUnexplained(long seed) {
    random = new SplittableRandom(seed);
    script = new SeatScript(vertx, DeliverySettings.defaults());
    for (String topic : TOPICS) {
      sources.add(script.source(topic, nextStream, nextStream++));
    }
    for (int step = 0; step < STEPS; step++) {
      something();
      assertThat(script.accounts())
          .allSatisfy(
              account ->
                  assertThat(account.expected())
                      .isEqualTo(
                          account.sent()
                              + account.skipped().values().stream().mapToLong(n -> n).sum()
                              + account.pending()));
    }
    List<ScriptedWriter> writers = displays.stream().map(Seen::writer).toList();
    assertThat(writers.stream().mapToLong(writer -> writer.check.chunks()).sum()).isPositive();
    assertThat(writers.stream().mapToLong(writer -> writer.check.skipped()).sum()).isPositive();
    displays.forEach(seen -> seen.display.close());
    script.rooms.closeAll();
    for (ScriptedWriter writer : writers) {
      assertThat(writer.messages).allSatisfy(message -> assertThat(message.holders()).isZero());
    }
  }

  private void something() {
    int index = random.nextInt(sources.size());
    SeatScript.Source source = sources.get(index);
    script.clock.pass(random.nextInt(60));
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> source.frame(1 + random.nextInt(6));
      case 8 -> source.skip(1 + random.nextInt(4), reason());
      case 9 -> source.skipSilently(1 + random.nextInt(4));
      case 10 -> source.cut(1 + random.nextInt(4));
      case 11 -> source.beat();
      case 12 -> source.open();
      case 13 -> endOrReplace(index, source);
      case 14 -> joinOrLeave();
      case 15, 16, 17 -> breathe();
      default -> acknowledge();
    }
  }

  private SkipReason reason() {
    SkipReason[] reasons = SkipReason.values();
    return reasons[random.nextInt(reasons.length)];
  }

  private void endOrReplace(int index, SeatScript.Source source) {
    if (random.nextInt(3) == 0) {
      source.end(random.nextBoolean() ? EndReason.NODE_LOST : EndReason.IDLE);
    } else if (random.nextInt(3) == 0) {
      SeatScript.Source newer = script.source(source.info.topic().name(), nextStream, nextStream++);
      sources.set(index, newer);
      newer.open();
    }
  }

  private void joinOrLeave() {
    if (displays.size() < 6) {
      ScriptedWriter writer = new ScriptedWriter();
      Display display = script.display(writer);
      displays.add(new Seen(display, writer));
      VariantRequest variant =
          random.nextInt(3) == 0
              ? new VariantRequest(OptionalDouble.of(1 + random.nextInt(30)))
              : VariantRequest.SOURCE;
      script.subscribe(display, random.nextBoolean() ? "#" : "a", variant);
    }
  }

  private void breathe() {
    if (!displays.isEmpty()) {
      Seen seen = displays.get(random.nextInt(displays.size()));
      seen.writer.take(random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextInt(12));
      if (random.nextInt(4) == 0) {
        seen.display.tick(script.clock.nanoTime());
      }
    }
  }

  private void acknowledge() {
    for (Seen seen : displays) {
      if (!seen.writer.chunks.isEmpty() && random.nextBoolean()) {
        var newest = seen.writer.chunks.get(seen.writer.chunks.size() - 1).header();
        seen.display
            .seatOf(newest.stream())
            .ifPresent(seat -> seat.acknowledged(newest.frameNumber(), script.clock.nanoTime()));
        seen.display.seatOf(new Topic("b")).ifPresent(seat -> seat.acknowledged(1L << 40, 0));
      }
    }
  }
}
