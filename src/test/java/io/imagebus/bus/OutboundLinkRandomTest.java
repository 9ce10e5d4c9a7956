package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.SequenceLimits;
import io.imagebus.sequence.SequenceTracker;
import io.imagebus.wire.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Links under stalls, breaks and expiry against a ledger that knows what became of each number. */
class OutboundLinkRandomTest {

  private static final int SEEDS = 300;

  @Test
  void link_inRandomTraffic_accountsForEveryNumber() {
    long firstSeed = Long.getLong("imagebus.link.seed", 4_711);
    for (int i = 0; i < SEEDS; i++) {
      new Run(firstSeed + i).play();
    }
  }

  /** What the receiving side knows of one stream. */
  private static final class Receiver {
    final SequenceTracker tracker = new SequenceTracker(SequenceLimits.defaults());
    final String name;
    long decidedBelow;
    long sent;
    long skipped;
    long newestFrame = -1;

    Receiver(String name) {
      this.name = name;
    }

    void on(StreamEvent event, long now) {
      long epoch = event.stream().value();
      if (event instanceof Opened e) {
        tracker.announce(epoch, e.firstSequence(), e.skippedTotal(), now);
        decide(e.firstSequence(), e.skippedTotal());
      } else if (event instanceof Arrived e) {
        for (Chunk chunk : e.frame().chunks()) {
          tracker.onChunk(epoch, chunk.header().sequence(), e.skippedTotal(), now);
        }
        onFrame(e);
      } else if (event instanceof Skipped e) {
        tracker.onHeartbeat(epoch, e.to() + 1, e.skippedTotal(), false, now);
        decide(e.to() + 1, e.skippedTotal());
      } else if (event instanceof Beat e) {
        tracker.onHeartbeat(epoch, e.nextSequence(), e.skippedTotal(), false, now);
        decide(e.nextSequence(), e.skippedTotal());
      } else if (event instanceof Ended e) {
        tracker.onHeartbeat(epoch, e.nextSequence(), e.skippedTotal(), true, now);
        decide(e.nextSequence(), e.skippedTotal());
      }
      assertThat(tracker.counts().holdsIdentity()).as(name).isTrue();
    }

    private void onFrame(Arrived event) {
      ChunkedFrame frame = event.frame();
      if (frame.firstSequence() >= decidedBelow) {
        decide(frame.firstSequence(), event.skippedTotal());
        sent += frame.chunks().size();
        decidedBelow = frame.nextSequence();
        assertThat(frame.number()).as(name).isGreaterThan(newestFrame);
        newestFrame = frame.number();
      }
    }

    /** All numbers below have been sent or left out; the total says how many were left out. */
    private void decide(long below, long total) {
      if (below >= decidedBelow) {
        skipped += below - decidedBelow;
        decidedBelow = below;
        assertThat(total).as("%s, total below %d", name, below).isEqualTo(skipped);
      }
    }
  }

  /** The publisher's side of one stream. */
  private static final class Source {
    final StreamInfo info;
    final Chunker chunker;
    final StreamRecord record;
    long skippedTotal;

    Source(int id) {
      info = Streams.info("topic-" + id, id, "node");
      chunker = Streams.chunker(info);
      record = new StreamRecord(new Opened(info, 0, 0), 0);
    }
  }

  private static final class Run {
    final String name;
    final SplittableRandom random;
    final LinkLimits limits;
    final RecordingTransport transport = new RecordingTransport(this::receive);
    final OutboundLink link;
    final Map<StreamId, Receiver> receivers = new HashMap<>();
    final List<Source> sources = new ArrayList<>();
    long now = 1;
    boolean stalled;

    Run(long seed) {
      name = "-Dimagebus.link.seed=" + seed;
      random = new SplittableRandom(seed);
      limits =
          new LinkLimits(
              random.nextInt(4_000, 400_000),
              random.nextInt(2_000, 40_000),
              random.nextInt(500, 20_000),
              SkipReason.LINK_CREDIT);
      link = new OutboundLink(limits, transport);
    }

    void receive(StreamEvent event) {
      receivers
          .computeIfAbsent(event.stream(), id -> new Receiver(name + " stream " + id))
          .on(event, now);
    }

    void play() {
      for (int id = 0; id < random.nextInt(1, 5); id++) {
        Source source = new Source(id);
        sources.add(source);
        source.record.join(link, now);
      }
      int steps = random.nextInt(200, 800);
      for (int step = 0; step < steps; step++) {
        now += random.nextInt(300);
        step();
        assertBounds();
      }
      finish();
    }

    private void step() {
      Source source = sources.get(random.nextInt(sources.size()));
      switch (random.nextInt(12)) {
        case 0 -> stalled = random.nextBoolean();
        case 1 -> {
          if (random.nextInt(6) == 0) {
            breakOrHeal();
          }
        }
        case 2 -> link.tick(now);
        case 3 -> skipUpstream(source);
        case 4 -> beat(source);
        case 5, 6 -> {
          if (!stalled) {
            transport.acknowledge(link, random.nextInt(1, 20), now);
          }
        }
        default -> {
          int bytes = random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(3_000);
          pass(source, new Arrived(Streams.frame(source.chunker, bytes), source.skippedTotal));
        }
      }
    }

    private void breakOrHeal() {
      if (link.isDown()) {
        link.up();
        sources.forEach(source -> source.record.join(link, now));
      } else {
        sources.forEach(source -> source.record.suspend(link));
        link.down();
      }
    }

    private void skipUpstream(Source source) {
      long from = source.chunker.nextSequence();
      source.chunker.skip(random.nextInt(5_000));
      long to = source.chunker.nextSequence() - 1;
      source.skippedTotal += to - from + 1;
      pass(
          source,
          new Skipped(source.info.id(), from, to, 1, source.skippedTotal, SkipReason.PUBLISHER));
    }

    private void beat(Source source) {
      pass(
          source,
          new Beat(source.info.id(), source.chunker.nextSequence(), source.skippedTotal, 0, 0));
    }

    private void pass(Source source, StreamEvent event) {
      source.record.pass(event, now);
    }

    private void assertBounds() {
      assertThat(link.waitingBytes()).as(name).isBetween(0L, limits.queueBytes());
      if (transport.underWay() > 1) {
        assertThat(transport.bytesUnderWay()).as(name).isLessThanOrEqualTo(limits.windowBytes());
      }
    }

    private void finish() {
      if (link.isDown()) {
        breakOrHeal();
      }
      for (Source source : sources) {
        pass(
            source,
            new Ended(
                source.info.id(),
                source.chunker.nextSequence(),
                source.skippedTotal,
                EndReason.PUBLISHER_GONE));
      }
      transport.acknowledgeAll(link, now);
      assertThat(link.waitingBytes()).as(name).isZero();
      assertThat(link.window().inFlightBytes()).as(name).isZero();
      sources.forEach(this::assertAccount);
    }

    private void assertAccount(Source source) {
      Receiver receiver = receivers.get(source.info.id());
      receiver.tracker.tick(now + 10_000_000_000L);
      SequenceCounts counts = receiver.tracker.counts();
      assertThat(counts.expected()).as(name).isEqualTo(source.chunker.nextSequence());
      assertThat(counts.received()).as(name).isEqualTo(receiver.sent);
      assertThat(counts.skipped()).as(name).isEqualTo(receiver.skipped);
      assertThat(counts.received() + counts.skipped()).as(name).isEqualTo(counts.expected());
      assertThat(counts.lost() + counts.pending() + counts.skipMismatch()).as(name).isZero();
    }
  }
}
