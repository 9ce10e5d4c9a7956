package io.imagebus.client;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.Timing;
import io.imagebus.sequence.TopicAccount;
import io.imagebus.sequence.Verdict;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkHeader;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One topic as one subscription receives it: the account of its chunks, its unfinished pictures,
 * its latencies. Owned by one event loop.
 *
 * <p>The account is closed with each connection, because what the topic sent while there was none
 * is not this hop's loss, and goes on with the next. When the same stream goes on, the numbers
 * between are known and told apart.
 */
final class InboundTopic {

  private static final long FRAME_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int HELD_FRAMES = 2;

  /** Ends of streams whose tail nobody knows. */
  private static final String NODE_LOST = "node-lost";

  private static final String UNKNOWN = "unknown";

  private final Topic topic;
  private final Latencies latencies = new Latencies();
  private final Map<String, Long> skippedFrames = new HashMap<>();
  private final TopicAccount account = new TopicAccount();
  private SequenceCounts atStreamStart = SequenceCounts.ZERO;
  private FrameCounts framesAtStreamStart = FrameCounts.ZERO;
  private final LeftStreams left = new LeftStreams();
  private InboundStream stream;

  /** The stream before, whose stragglers are counted as stale. */
  private Optional<StreamId> replaced = Optional.empty();

  private String ended = "";
  private String sourceState = "";
  private boolean connected = true;
  private boolean reconnected;
  private Optional<String> lastState = Optional.empty();
  private long frames;
  private long frameBytes;
  private long brokenFrames;
  private MissedNumbers missed = MissedNumbers.NONE;
  private Optional<MissedNumbers.Gap> missedUntold = Optional.empty();
  private long disconnectedNanos;

  /** The stream that is followed now. */
  private static final class InboundStream {
    final StreamId id;

    /** What was counted of it on this connection before the server turned to it again. */
    final LeftStreams.Totals earlier;

    final String contentType;
    final FrameAssembler assembler;
    long highest;
    long frames;

    /** The number after the last that came or was told of. */
    long next;

    long newestFrame = -1;

    InboundStream(StreamId id, LeftStreams.Totals earlier, String contentType, int maxFrameBytes) {
      this.id = id;
      this.earlier = earlier;
      this.frames = earlier.shown();
      this.contentType = contentType;
      this.assembler =
          new FrameAssembler(
              new FrameAssembler.Limits(
                  maxFrameBytes, (long) HELD_FRAMES * maxFrameBytes, FRAME_TIMEOUT_NANOS));
    }
  }

  /** A topic of which the first stream was announced. */
  InboundTopic(Topic topic, ServerMessage announced, int maxFrameBytes, long nowNanos) {
    this.topic = topic;
    this.stream = begin(announced, maxFrameBytes, nowNanos);
  }

  /**
   * Turns to the stream that the server announces. The one that is followed may be announced again:
   * its node was given up for lost and is back.
   *
   * @return a stream that need not be told from an unknown one any longer
   */
  Optional<StreamId> follow(ServerMessage announced, int maxFrameBytes, long nowNanos) {
    if (connected && announced.isAbout(stream.id)) {
      ended = "";
      return Optional.empty();
    }
    boolean replacement = connected;
    connected = true;
    Optional<StreamId> forgotten = replaced;
    InboundStream before = stream;
    replaced = Optional.of(before.id);
    brokenFrames += before.assembler.abandonedFrames();
    SequenceCounts countsBefore = atStreamStart;
    FrameCounts framesBefore = framesAtStreamStart;
    if (!replacement) {
      left.clear();
    }
    stream = begin(announced, maxFrameBytes, nowNanos);
    if (replacement) {
      left.leave(before.id, totals(before, countsBefore, framesBefore));
    }
    if (stream.id.equals(before.id)) {
      resume(before, nowNanos);
      stream.next = Math.max(stream.next, before.next);
      stream.newestFrame = before.newestFrame;
    }
    return forgotten.filter(id -> !id.equals(stream.id));
  }

  private void resume(InboundStream before, long nowNanos) {
    long awayMicros = TimeUnit.NANOSECONDS.toMicros(nowNanos - disconnectedNanos);
    MissedNumbers all = missed.resumed(stream.id, before.next, stream.next, awayMicros);
    missedUntold = all.equals(missed) ? Optional.empty() : all.newest();
    missed = all;
  }

  /** What was counted of a stream on this connection until now, or until another one began. */
  private LeftStreams.Totals totals(
      InboundStream of, SequenceCounts countsAtStart, FrameCounts framesAtStart) {
    return new LeftStreams.Totals(
        of.earlier.counts().plus(account.counts().minus(countsAtStart)),
        of.earlier.frames().plus(account.frames().minus(framesAtStart)),
        of.frames);
  }

  private InboundStream begin(ServerMessage announced, int maxFrameBytes, long nowNanos) {
    StreamId id = announced.streamAt();
    long first = announced.numberOr("first", 0);
    account.tracker().turnTo(id.value(), first, announced.numberOr("total", 0), nowNanos);
    atStreamStart = account.counts();
    framesAtStreamStart = account.frames();
    ended = "";
    sourceState = "";
    InboundStream begun =
        new InboundStream(id, left.turnTo(id), announced.textOr("contentType", ""), maxFrameBytes);
    begun.next = first;
    return begun;
  }

  /** Takes an intact chunk; returns the picture if it is whole now. */
  Optional<ReceivedFrame> onChunk(Chunk chunk, long nowNanos, long serverNowMicros) {
    ChunkHeader header = chunk.header();
    Verdict verdict =
        account.tracker().onChunk(header.stream().value(), header.sequence(), nowNanos);
    if (!header.stream().equals(stream.id) || !isWanted(verdict)) {
      return Optional.empty();
    }
    note(header);
    if (Long.compareUnsigned(header.sequence(), stream.highest) > 0) {
      stream.highest = header.sequence();
    }
    stream.next = Math.max(stream.next, header.sequence() + 1);
    FrameAssembler.Outcome outcome = stream.assembler.add(chunk, nowNanos);
    if (outcome instanceof FrameAssembler.Complete complete) {
      return receive(complete.frame(), nowNanos, serverNowMicros);
    }
    if (outcome instanceof FrameAssembler.Invalid) {
      brokenFrames++;
    }
    return Optional.empty();
  }

  private void note(ChunkHeader header) {
    account.chunk(header.frameNumber(), header.sequence() - header.index(), header.count());
  }

  private static boolean isWanted(Verdict verdict) {
    return switch (verdict) {
      case FRESH, REPAIRED, LATE, PARKED -> true;
      case DUPLICATE, STALE, PRE_BASE, TOO_OLD -> false;
    };
  }

  /** A new connection begins with the last picture, which may have come before: not news. */
  private Optional<ReceivedFrame> receive(ChunkedFrame frame, long nowNanos, long serverNowMicros) {
    if (frame.number() <= stream.newestFrame) {
      account.whole(frame.number());
      return Optional.empty();
    }
    stream.newestFrame = frame.number();
    long latencyMicros = serverNowMicros - frame.captureMicros();
    account.whole(frame.number(), frame.captureMicros(), serverNowMicros);
    frames++;
    stream.frames++;
    frameBytes += frame.pictureBytes();
    latencies.add(latencyMicros);
    return Optional.of(
        new ReceivedFrame(topic, stream.contentType, frame, nowNanos, latencyMicros));
  }

  /** Takes a chunk with a damaged payload. */
  void onCorrupt(ChunkHeader header, long nowNanos) {
    account.tracker().onCorrupt(header.stream().value(), header.sequence(), nowNanos);
    if (header.stream().equals(stream.id)) {
      note(header);
    }
  }

  /** Takes what the server says about one of the streams. */
  void onControl(StreamId about, ServerMessage message, long nowNanos) {
    long epoch = about.value();
    long total = message.numberOr("total", 0);
    if (epoch == stream.id.value()) {
      stream.next = Math.max(stream.next, nextAfter(message));
    }
    switch (message.type()) {
      case "skip" -> {
        long from = message.numberAt("from");
        long next = message.numberAt("to") + 1;
        if (about.equals(stream.id)) {
          account.announced(from, next - from, message.numberOr("frames", 1));
        }
        account.tracker().onHeartbeat(epoch, next, total, false, nowNanos);
        skippedFrames.merge(
            message.textOr("reason", "unknown"), message.numberOr("frames", 1), Long::sum);
      }
      case "heartbeat" -> {
        account.tracker().onHeartbeat(epoch, message.numberAt("next"), total, false, nowNanos);
        sourceState = message.textOr("state", "");
      }
      case "ended" -> onEnded(epoch, message, nowNanos);
      default -> {}
    }
  }

  private static long nextAfter(ServerMessage message) {
    return message.type().equals("skip") ? message.numberAt("to") + 1 : message.numberOr("next", 0);
  }

  private void onEnded(long epoch, ServerMessage message, long nowNanos) {
    long next = message.numberOr("next", -1);
    String why = message.textOr("why", UNKNOWN);
    boolean tailKnown = !why.equals(NODE_LOST) && !why.equals(UNKNOWN);
    if (next >= 0) {
      long total = message.numberOr("total", 0);
      account.tracker().onHeartbeat(epoch, next, total, tailKnown, nowNanos);
    }
    if (epoch == stream.id.value()) {
      ended = why;
      if (!tailKnown) {
        account.lose(nowNanos);
      }
    }
  }

  /** Time passes. */
  void onTick(long nowNanos) {
    if (connected) {
      account.tick(nowNanos);
      stream.assembler.tick(nowNanos);
    }
  }

  /** There is a connection again, on which the topic is not known yet. */
  void onReconnected() {
    reconnected = true;
  }

  /** Closes the account for good; the state stays what it is. */
  void onClosed(long nowNanos) {
    lastState = Optional.of(stateText());
    onDisconnected(nowNanos);
  }

  /** Closes the account of this connection. */
  void onDisconnected(long nowNanos) {
    reconnected = false;
    if (connected) {
      account.close(nowNanos);
      connected = false;
      disconnectedNanos = nowNanos;
    }
  }

  /** Everything since the subscription began. */
  TopicStatus status() {
    return new TopicStatus(
        topic,
        lastState.orElseGet(this::stateText),
        account.counts(),
        frames,
        frameBytes,
        brokenFrames + stream.assembler.abandonedFrames(),
        missed,
        skippedFrames);
  }

  private String stateText() {
    if (!connected) {
      return reconnected ? "offline" : "reconnecting";
    }
    if (!ended.isEmpty()) {
      return "ended: " + ended;
    }
    return switch (account.tracker().state()) {
      case IDLE -> "waiting";
      case LIVE -> sourceState.isEmpty() ? "live" : sourceState;
      case SILENT -> "silent";
      case CLOSED -> "ended";
    };
  }

  /**
   * The receiver reports: on the stream, with its totals and with latencies since the last report,
   * and the last word on each that it has replaced since. None before the stream was announced on
   * this connection: what came on another was told there, and is no account of this.
   */
  List<JsonObject> reports(long serverNowMicros) {
    if (!connected) {
      return List.of();
    }
    Timing timing = account.timing(serverNowMicros);
    JsonObject report =
        json(stream.id, totals(stream, atStreamStart, framesAtStreamStart))
            .put("highest", stream.highest)
            .put("jitter", timing.jitterMicros())
            .put("clock", timing.clockDoubtful() ? "doubtful" : "ok")
            .put(
                "latency",
                new JsonObject()
                    .put("p50", latencies.percentileMicros(50))
                    .put("p95", latencies.percentileMicros(95))
                    .put("p99", latencies.percentileMicros(99)));
    missedUntold.ifPresent(gap -> report.put("missed", json(gap)));
    missedUntold = Optional.empty();
    latencies.reset();
    List<JsonObject> reports = new ArrayList<>();
    left.takeUntold().forEach((id, totals) -> reports.add(json(id, totals)));
    reports.add(report);
    return reports;
  }

  private static JsonObject json(MissedNumbers.Gap gap) {
    return new JsonObject()
        .put("from", gap.from())
        .put("to", gap.to())
        .put("away", gap.awayMicros());
  }

  private JsonObject json(StreamId of, LeftStreams.Totals totals) {
    SequenceCounts counts = totals.counts();
    FrameCounts ofFrames = totals.frames();
    return new JsonObject()
        .put("stream", of.toString())
        .put("topic", topic.name())
        .put("shown", totals.shown())
        .put("received", counts.received())
        .put("lost", counts.lost())
        .put("duplicate", counts.duplicate())
        .put("late", counts.late())
        .put("corrupt", counts.corrupt())
        .put("skipped", counts.skipped())
        .put("reordered", counts.reordered())
        .put("stale", counts.stale())
        .put("unknownTails", counts.unknownTails())
        .put(
            "frames",
            new JsonObject()
                .put("good", ofFrames.good())
                .put("failed", ofFrames.failed())
                .put("skipped", ofFrames.skipped()));
  }
}
