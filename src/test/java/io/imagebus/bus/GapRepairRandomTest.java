package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.TopicFilter;
import io.imagebus.sequence.SequenceCounts;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A must-see topic over a link that loses, damages and delays: nothing may be missing. */
class GapRepairRandomTest {

  private static final int SEEDS = 150;
  private static final int HEADER_AT = 4;
  private static final byte CHUNK = 1;

  @Test
  void link_lossyWithARingLargeEnough_losesNothingAndKeepsTheOrder() {
    long firstSeed = Long.getLong("imagebus.repair.seed", 4_242);
    long repaired = 0;
    for (int i = 0; i < SEEDS; i++) {
      repaired += new Run(firstSeed + i).play();
    }
    assertThat(repaired).as("the network was bad enough to need repair").isGreaterThan(SEEDS);
  }

  private static final class Run {
    final String name;
    final SplittableRandom random;
    final StreamInfo info = Streams.info("site/gate", 9, "there");
    final Chunker chunker = Streams.chunker(info);
    final List<Buffer> offered = new ArrayList<>();
    final List<Buffer> handedOn = new ArrayList<>();
    final LinkPair pair;
    final int badPermille;
    long handedBelow;

    Run(long seed) {
      name = "-Dimagebus.repair.seed=" + seed;
      random = new SplittableRandom(seed);
      badPermille = random.nextInt(1, 60);
      RepairSettings settings =
          new RepairSettings(
              List.of(new TopicFilter("site/#")), 16 << 20, 16 << 20, 60_000, 16 << 20, 120_000);
      pair =
          new LinkPair(
              new LinkLimits(2 << 20, 4 << 20, LinkPair.MAX_AGE_NANOS, SkipReason.LINK_CREDIT),
              settings,
              seed);
      pair.way = this::carry;
      pair.wayBack =
          message -> random.nextInt(1_000) < badPermille ? Optional.empty() : Optional.of(message);
    }

    /** Only chunks and signs of life suffer; that announcements suffer is tested elsewhere. */
    private Optional<byte[]> carry(byte[] message) {
      boolean chunk = message[HEADER_AT + 1] == CHUNK;
      if (!chunk || random.nextInt(1_000) >= badPermille) {
        return Optional.of(message);
      }
      return random.nextBoolean()
          ? Optional.empty()
          : Optional.of(
              Damage.withByteChanged(
                  message, HEADER_AT + random.nextInt(message.length - HEADER_AT)));
    }

    long play() {
      offer(new Opened(info, 0, 0));
      for (int step = random.nextInt(50, 300); step > 0; step--) {
        if (random.nextInt(3) > 0) {
          ChunkedFrame frame = Streams.frame(chunker, random.nextInt(1, 6_000));
          offered.add(frame.picture());
          offer(new Arrived(frame, 0));
        } else if (random.nextInt(4) == 0) {
          offer(new Beat(info.id(), chunker.nextSequence(), 0, chunker.nextFrame() - 1, 0));
        }
        if (random.nextBoolean()) {
          pair.deliver();
        }
        pair.probe();
        pair.pass(10L * random.nextInt(4));
        note();
      }
      offer(new Ended(info.id(), chunker.nextSequence(), 0, EndReason.PUBLISHER_GONE));
      pair.deliverAndAcknowledge();
      pair.pass(2_500);
      note();
      SequenceCounts counts = pair.counts(info);
      assertThat(counts.expected()).as(name).isEqualTo(chunker.nextSequence());
      assertThat(counts.received()).as("%s: %s", name, counts).isEqualTo(counts.expected());
      assertThat(handedOn).as(name).isEqualTo(offered);
      assertThat(pair.line(info).repairs().unrepairable()).as(name).isZero();
      return pair.line(info).repairs().repaired();
    }

    private void offer(StreamEvent event) {
      pair.outbound.offer(event, pair.clock.nanoTime());
    }

    private void note() {
      assertThat(pair.counts(info).holdsIdentity()).as(name).isTrue();
      for (StreamEvent event : pair.take()) {
        if (event instanceof Arrived arrived) {
          assertThat(arrived.frame().firstSequence())
              .as("%s: in order, none left out", name)
              .isEqualTo(handedBelow);
          handedBelow = arrived.frame().nextSequence();
          handedOn.add(arrived.frame().picture());
        } else if (event instanceof Beat beat) {
          assertThat(beat.nextSequence())
              .as("%s: no sign of life ahead", name)
              .isEqualTo(handedBelow);
        }
      }
    }
  }
}
