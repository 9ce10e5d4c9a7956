package io.imagebus.ingest;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.FrameAssembler;
import io.imagebus.door.ControlSocket;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.Probed;
import io.imagebus.sequence.TopicAccount;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkHeader;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * One topic of a publisher that cuts and numbers its own chunks: counted on the hop from the
 * publisher, put together, looked into, and passed on. Owned by one event loop.
 */
final class ChunkPublication {

  /** Numbers in one announcement; what a tracker believes at once. */
  private static final long MAX_SKIPPED = 1L << 20;

  private final StreamDesk desk;
  private final ControlSocket socket;
  private final IngestStream stream;
  private final Optional<Object> publishId;
  private final TopicAccount account;
  private final FrameAssembler assembler;
  private final ChunkRelay relay;
  private long skippedTotal;
  private long acceptedFrame = -1;
  private long toldFrame = -1;

  /**
   * A stream of which nothing has come yet.
   *
   * @param publishId what the publisher calls it, if it gave it a name
   */
  ChunkPublication(
      StreamDesk desk,
      ControlSocket socket,
      IngestStream stream,
      Optional<Object> publishId,
      TopicAccount account) {
    this.desk = desk;
    this.socket = socket;
    this.stream = stream;
    this.publishId = publishId;
    this.account = account;
    this.assembler = new FrameAssembler(desk.settings().assembly());
    this.relay = new ChunkRelay(stream);
    account.tracker().announce(epoch(), 0, 0, desk.clock().nanoTime());
  }

  private long epoch() {
    return stream.info().id().value();
  }

  private Topic topic() {
    return stream.info().topic();
  }

  void onChunk(Chunk chunk) {
    long now = desk.clock().nanoTime();
    account.tracker().onChunk(epoch(), chunk.header().sequence(), skippedTotal, now);
    noteFrame(chunk.header());
    if (chunk.payloadLength() > desk.settings().chunkBytes()) {
      socket.error(
          about(chunk.header().frameNumber()),
          "chunk-too-long",
          "a chunk carries at most " + desk.settings().chunkBytes() + " bytes of payload");
      return;
    }
    FrameAssembler.Outcome outcome = assembler.add(chunk, now);
    if (outcome instanceof FrameAssembler.Complete complete) {
      onFrame(complete.frame());
    } else if (outcome instanceof FrameAssembler.Invalid invalid) {
      socket.error(about(chunk.header().frameNumber()), "bad-chunk", invalid.why());
    }
  }

  void onCorrupt(ChunkHeader header) {
    account.tracker().onCorrupt(epoch(), header.sequence(), skippedTotal, desk.clock().nanoTime());
    noteFrame(header);
    socket.error(
        about(header.frameNumber()),
        "corrupt-chunk",
        "the payload of chunk " + header.sequence() + " does not match its CRC32C");
  }

  private void noteFrame(ChunkHeader header) {
    account.chunk(header.frameNumber(), header.sequence() - header.index(), header.count());
  }

  private void onFrame(ChunkedFrame frame) {
    account.whole(frame.number(), frame.captureMicros(), desk.clock().epochMicros());
    Probed probed = desk.probe(frame);
    if (probed instanceof Probed.Refused refused) {
      relay.leaveOut(frame.firstSequence(), frame.nextSequence() - 1, 1, SkipReason.REJECTED);
      reject(frame, Refusal.of(refused));
      return;
    }
    PictureInfo info = ((Probed.Accepted) probed).info();
    relay
        .pass(frame, info)
        .ifPresent(told -> told.onSuccess(verdict -> onVerdict(frame, info, verdict)));
  }

  private void onVerdict(ChunkedFrame frame, PictureInfo info, Verdict verdict) {
    if (verdict == Verdict.DAMAGED) {
      reject(frame, Refusal.damaged());
      return;
    }
    desk.counters().took(topic(), verdict, info, frame);
    acceptedFrame = frame.number();
  }

  private void reject(ChunkedFrame frame, Refusal refusal) {
    desk.counters().refused(topic(), refusal);
    socket.send(
        about(frame.number())
            .put("type", "rejected")
            .put("code", refusal.code())
            .put("message", refusal.message()));
  }

  private JsonObject about(long frame) {
    return new JsonObject().put("stream", stream.info().id().toString()).put("frame", frame);
  }

  /** The publisher left numbers out. */
  void onSkip(long from, long to, long frames, long total) {
    long numbers = to - from + 1;
    if (numbers < 1 || numbers > MAX_SKIPPED || frames < 0 || frames > numbers) {
      throw new IllegalArgumentException(
          "skip from %d to %d of %d frames: 1 to %d numbers at a time, and no more frames than that"
              .formatted(from, to, frames, MAX_SKIPPED));
    }
    skippedTotal = total;
    account.skipped(SkipReason.PUBLISHER, from, numbers, frames);
    account.tracker().onHeartbeat(epoch(), to + 1, total, false, desk.clock().nanoTime());
    relay.leaveOut(from, to, frames, SkipReason.PUBLISHER);
  }

  void onHeartbeat(long next, long total) {
    skippedTotal = total;
    account.tracker().onHeartbeat(epoch(), next, total, false, desk.clock().nanoTime());
  }

  /** The publisher is done; what it sent is accounted for up to {@code next}. */
  void onEnd(long next) {
    account.tracker().onHeartbeat(epoch(), next, skippedTotal, true, desk.clock().nanoTime());
    relay.closeUpTo(next);
    tellAccepted();
    end(EndReason.PUBLISHER_GONE);
    socket.send(ended(next, EndReason.PUBLISHER_GONE));
  }

  /** What tells the publisher that the stream is over. */
  JsonObject ended(long next, EndReason why) {
    JsonObject message = new JsonObject().put("type", "ended");
    publishId.ifPresent(id -> message.put("id", id));
    return message
        .put("stream", stream.info().id().toString())
        .put("next", next)
        .put("why", why.label());
  }

  /** Tells the publisher how far ingest is; several frames in one message. */
  void tellAccepted() {
    if (acceptedFrame != toldFrame) {
      toldFrame = acceptedFrame;
      socket.send(about(acceptedFrame).put("type", "accepted"));
    }
  }

  void tick(long nowNanos) {
    assembler.tick(nowNanos);
    tellAccepted();
  }

  /** The connection is gone; unless the publisher has ended, its tail is not known. */
  void lost() {
    account.lose(desk.clock().nanoTime());
    end(EndReason.PUBLISHER_GONE);
  }

  /** The stream is over. */
  void end(EndReason why) {
    desk.end(stream, why);
    account.close(desk.clock().nanoTime());
  }

  IngestStream stream() {
    return stream;
  }
}
