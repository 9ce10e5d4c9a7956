package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.sequence.SequenceCounts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Both ends of a link over a bad network, against a ledger of what the network did. */
class LinkPairRandomTest {

  private static final int SEEDS = 150;
  private static final int HEADER_AT = 4;
  private static final int BODY_AT = HEADER_AT + 64;
  private static final byte CHUNK = 1;

  @Test
  void pair_overABadNetwork_countsWhatTheNetworkDid() {
    long firstSeed = Long.getLong("imagebus.pair.seed", 815);
    for (int i = 0; i < SEEDS; i++) {
      new Run(firstSeed + i).play();
    }
  }

  /** One stream: what was offered, and what became of it. */
  private static final class Ledger {
    final StreamInfo info;
    final Chunker chunker;
    final Map<Long, byte[]> pictures = new HashMap<>();
    final Map<Long, Long> frameOf = new HashMap<>();
    final Set<Long> sentFrames = new HashSet<>();
    final Set<Long> hurtFrames = new HashSet<>();
    final List<Long> framesOut = new ArrayList<>();
    long received;
    long lost;
    long corrupt;
    long damagedHeaders;

    Ledger(int id) {
      info = Streams.info("topic-" + id, id + 1, "there");
      chunker = Streams.chunker(info);
    }

    ChunkedFrame next(int bytes) {
      ChunkedFrame frame = Streams.frame(chunker, bytes);
      pictures.put(frame.number(), frame.picture().getBytes());
      for (long seq = frame.firstSequence(); seq < frame.nextSequence(); seq++) {
        frameOf.put(seq, frame.number());
      }
      return frame;
    }

    void hurt(long sequence) {
      hurtFrames.add(frameOf.get(sequence));
    }
  }

  private static final class Run {
    final String name;
    final SplittableRandom random;
    final LinkPair pair;
    final Map<StreamId, Ledger> ledgers = new HashMap<>();
    final List<Ledger> all = new ArrayList<>();
    boolean badNetwork = true;
    long damagedEnvelopes;

    Run(long seed) {
      name = "-Dimagebus.pair.seed=" + seed;
      random = new SplittableRandom(seed);
      pair =
          new LinkPair(
              new LinkLimits(
                  random.nextInt(5_000, 100_000),
                  random.nextInt(5_000, 50_000),
                  LinkPair.MAX_AGE_NANOS,
                  SkipReason.LINK_CREDIT));
      pair.way = this::carry;
    }

    private Optional<byte[]> carry(byte[] message) {
      boolean chunk = message[HEADER_AT + 1] == CHUNK;
      Ledger ledger = ledgers.get(new StreamId(ByteBuffer.wrap(message).getLong(HEADER_AT + 56)));
      long sequence = chunk ? ByteBuffer.wrap(message).getLong(BODY_AT + 12) : -1;
      if (chunk) {
        ledger.sentFrames.add(ledger.frameOf.get(sequence));
      }
      int fate = badNetwork ? random.nextInt(60) : 99;
      if (chunk && fate < 4) {
        ledger.hurt(sequence);
      }
      switch (fate) {
        case 0 -> {
          ledger.lost += chunk ? 1 : 0;
          return Optional.empty();
        }
        case 1 -> {
          ledger.lost += chunk ? 1 : 0;
          damagedEnvelopes++;
          return Optional.of(Damage.withByteChanged(message, HEADER_AT + random.nextInt(64)));
        }
        case 2 -> {
          if (chunk) {
            ledger.lost++;
            ledger.damagedHeaders++;
            return Optional.of(Damage.withByteChanged(message, BODY_AT + random.nextInt(52)));
          }
          return Optional.of(message);
        }
        case 3 -> {
          int payload = message.length - BODY_AT - 52;
          if (chunk && payload > 0) {
            ledger.corrupt++;
            int at = BODY_AT + 52 + random.nextInt(payload);
            return Optional.of(Damage.withByteChanged(message, at));
          }
          if (chunk) {
            ledger.hurtFrames.remove(ledger.frameOf.get(sequence));
            ledger.received++;
          }
          return Optional.of(message);
        }
        default -> {
          ledger.received += chunk ? 1 : 0;
          return Optional.of(message);
        }
      }
    }

    void play() {
      for (int id = 0; id < random.nextInt(1, 4); id++) {
        Ledger ledger = new Ledger(id);
        all.add(ledger);
        ledgers.put(ledger.info.id(), ledger);
        badNetwork = false;
        offer(new Opened(ledger.info, 0, 0));
        pair.deliverAndAcknowledge();
      }
      badNetwork = true;
      for (int step = random.nextInt(100, 600); step > 0; step--) {
        step();
      }
      finish();
    }

    private void step() {
      pair.clock.advance(random.nextInt(20_000_000));
      Ledger ledger = all.get(random.nextInt(all.size()));
      switch (random.nextInt(10)) {
        case 0, 1 -> pair.deliver();
        case 2, 3 -> pair.acknowledge();
        case 4 -> pair.probe();
        case 5 -> {
          pair.outbound.tick(pair.clock.nanoTime());
          pair.inbound.tick(pair.clock.nanoTime());
        }
        default -> offer(new Arrived(ledger.next(random.nextInt(1, 5_000)), 0));
      }
      note();
    }

    private void offer(StreamEvent event) {
      pair.outbound.offer(event, pair.clock.nanoTime());
    }

    private void note() {
      for (StreamEvent event : pair.take()) {
        if (event instanceof Arrived arrived) {
          Ledger ledger = ledgers.get(event.stream());
          long number = arrived.frame().number();
          assertThat(arrived.frame().picture().getBytes())
              .as("%s, frame %d", name, number)
              .isEqualTo(ledger.pictures.get(number));
          ledger.framesOut.add(number);
        } else if (event instanceof Skipped skipped) {
          assertThat(skipped.reason()).as(name).isNotEqualTo(SkipReason.INCOMPLETE);
        }
      }
    }

    private void finish() {
      while (pair.outbound.window().inFlightBytes() > 0 || pair.outbound.waitingBytes() > 0) {
        pair.probe();
      }
      badNetwork = false;
      for (Ledger ledger : all) {
        offer(new Ended(ledger.info.id(), ledger.chunker.nextSequence(), 0, EndReason.DRAIN));
      }
      pair.deliverAndAcknowledge();
      note();
      assertThat(pair.unattributable).as(name).isEqualTo(damagedEnvelopes);
      all.forEach(this::assertAccount);
    }

    private void assertAccount(Ledger ledger) {
      SequenceCounts counts = pair.counts(ledger.info);
      long offered = ledger.chunker.nextSequence();
      assertThat(counts.holdsIdentity()).as(name).isTrue();
      assertThat(counts.expected()).as("%s: expected", name).isEqualTo(offered);
      assertThat(counts.received()).as("%s: received", name).isEqualTo(ledger.received);
      assertThat(counts.lost()).as("%s: lost", name).isEqualTo(ledger.lost);
      assertThat(counts.corrupt()).as("%s: corrupt", name).isEqualTo(ledger.corrupt);
      assertThat(counts.unattributable()).as(name).isEqualTo(ledger.damagedHeaders);
      assertThat(counts.skipped())
          .as("%s: skipped", name)
          .isEqualTo(offered - ledger.received - ledger.lost - ledger.corrupt);
      assertThat(counts.pending() + counts.skipMismatch()).as(name).isZero();
      SentNumbers sender = pair.outbound.sentNumbers().get(TopicKey.of(ledger.info));
      assertThat(sender.sent())
          .as("%s: sent", name)
          .isEqualTo(ledger.received + ledger.lost + ledger.corrupt);
      assertThat(sender.skipped()).as("%s: left out", name).isEqualTo(counts.skipped());
      List<Long> whole =
          ledger.sentFrames.stream()
              .filter(number -> !ledger.hurtFrames.contains(number))
              .sorted()
              .toList();
      assertThat(ledger.framesOut).as("%s: frames", name).isEqualTo(whole);
    }
  }
}
