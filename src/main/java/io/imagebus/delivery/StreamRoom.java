package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.bus.StreamInfo;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One topic on one event loop: the stream that it carries now, its last frame for late joiners, and
 * the seats. Bound: one frame of its own; the seats hold one more each at most, mostly the same.
 * Owned by one event loop.
 */
final class StreamRoom {

  private static final long NONE = -1;

  private final long staleAfterMillis;
  private StreamInfo info;
  private StreamProgress progress;
  private Freshness freshness;
  private Seat[] seats = {};
  private int turn;
  private @Nullable SharedFrame last;
  private @Nullable EndReason ended;
  private SkipReason tailReason = SkipReason.LINK_CREDIT;
  private long newestFrame;
  private long newestCaptureMicros;
  private long shownBefore = NONE;

  StreamRoom(Opened opened, long staleAfterMillis, long nowNanos) {
    this.staleAfterMillis = staleAfterMillis;
    this.info = opened.info();
    this.progress = new StreamProgress(opened.firstSequence(), opened.skippedTotal());
    this.freshness = new Freshness(staleAfterMillis, nowNanos);
    noteEnd(opened.over());
  }

  Topic topic() {
    return info.topic();
  }

  Variant variant() {
    return info.variant();
  }

  StreamInfo info() {
    return info;
  }

  /** Gives a seat what it needs to begin, from the last frame on or from the next. */
  void join(Seat seat, boolean fromLast, long nowNanos) {
    seats = Arrays.copyOf(seats, seats.length + 1);
    seats[seats.length - 1] = seat;
    SharedFrame frame = fromLast ? last : null;
    long next = progress.nextSequence();
    if (frame == null) {
      seat.opened(info, next);
    } else {
      seat.opened(info, frame.frame().firstSequence());
      seat.offered(frame, nowNanos);
      if (next - frame.frame().nextSequence() > 0) {
        seat.skipped(new SkipRun(frame.frame().nextSequence(), next - 1, 0, tailReason));
      }
    }
    if (ended != null) {
      seat.ended(ended);
    }
  }

  void leave(Seat seat) {
    int index = Arrays.asList(seats).indexOf(seat);
    if (index >= 0) {
      Seat[] rest = Arrays.copyOf(seats, seats.length - 1);
      System.arraycopy(seats, index + 1, rest, index, rest.length - index);
      seats = rest;
    }
  }

  /** Puts one in another's place; the other has heard all until now. */
  void replace(Seat old, Seat taking) {
    seats = seats.clone();
    seats[Arrays.asList(seats).indexOf(old)] = taking;
  }

  boolean isEmpty() {
    return seats.length == 0;
  }

  List<Seat> seats() {
    return List.of(seats);
  }

  /** Whether a stream of the topic has this room now, or may take it over. */
  boolean admits(StreamInfo candidate) {
    return candidate.id().equals(info.id()) || ended != null || candidate.replaces(info);
  }

  /** The stream goes on after a break, or a newer one takes over. */
  void opened(Opened opened, long nowNanos) {
    ended = null;
    if (opened.info().id().equals(info.id())) {
      tellSkips(
          progress.skipTo(opened.firstSequence(), opened.skippedTotal(), 0, SkipReason.LINK_DOWN));
      freshness.opened(nowNanos);
    } else {
      boolean sameSource = opened.info().source().equals(info.source());
      shownBefore = sameSource && last != null ? last.frame().number() : NONE;
      info = opened.info();
      progress = new StreamProgress(opened.firstSequence(), opened.skippedTotal());
      freshness = new Freshness(staleAfterMillis, nowNanos);
      releaseLast();
    }
    noteEnd(opened.over());
    for (Seat seat : seats) {
      seat.opened(info, progress.nextSequence());
    }
  }

  /** A frame for everybody; who comes first changes from frame to frame. */
  void arrived(Arrived arrived, long epochMicros, long nowNanos) {
    ChunkedFrame frame = arrived.frame();
    if (progress.isPast(frame)) {
      return;
    }
    tellSkips(progress.arrived(frame, arrived.skippedTotal()));
    if (frame.number() <= shownBefore) {
      // Another node makes the variant now, and begins with a picture that has been here.
      long to = frame.nextSequence() - 1;
      tellSkips(List.of(new SkipRun(frame.firstSequence(), to, 1, SkipReason.EXPIRED)));
      return;
    }
    freshness.frame(epochMicros - frame.captureMicros(), nowNanos);
    newest(frame.number(), frame.captureMicros());
    releaseLast();
    SharedFrame shared = new SharedFrame(frame, info.format());
    last = shared;
    shared.retain();
    Seat[] audience = seats;
    turn = audience.length == 0 ? 0 : (turn + 1) % audience.length;
    for (int i = 0; i < audience.length; i++) {
      audience[(turn + i) % audience.length].offered(shared, nowNanos);
    }
    shared.release();
  }

  void skipped(Skipped skip, long nowNanos) {
    if (skip.reason() == SkipReason.UNCHANGED) {
      freshness.unchanged(nowNanos);
    } else {
      freshness.sign(nowNanos);
    }
    tellSkips(progress.skipped(skip));
  }

  void beat(Beat beat, long nowNanos) {
    freshness.sign(nowNanos);
    tellSkips(progress.skipTo(beat.nextSequence(), beat.skippedTotal(), 0, SkipReason.LINK_CREDIT));
    if (beat.captureMicros() != 0) {
      newest(beat.lastFrame(), beat.captureMicros());
    }
  }

  void ended(Ended end) {
    if (end.why().tailKnown()) {
      tellSkips(progress.skipTo(end.nextSequence(), end.skippedTotal(), 0, SkipReason.LINK_CREDIT));
    }
    noteEnd(end.why());
    ended = end.why();
    for (Seat seat : seats) {
      seat.ended(end.why());
    }
  }

  /** A stream whose node goes down is about to go on as another one: its picture only ages. */
  private void noteEnd(@Nullable EndReason why) {
    if (why != null && why != EndReason.DRAIN) {
      freshness.ended();
    }
  }

  private void tellSkips(List<SkipRun> runs) {
    for (SkipRun run : runs) {
      tailReason = run.reason();
      for (Seat seat : seats) {
        seat.skipped(run);
      }
    }
  }

  private void newest(long frame, long captureMicros) {
    newestFrame = frame;
    newestCaptureMicros = captureMicros;
  }

  boolean hasEnded() {
    return ended != null;
  }

  @Nullable SharedFrame last() {
    return last;
  }

  Freshness.State state(long nowNanos) {
    return freshness.at(nowNanos);
  }

  /** Number of the source's newest frame, also if it was not sent. */
  long newestFrame() {
    return newestFrame;
  }

  /** Capture time of the source's newest frame; 0 if there was none. */
  long newestCaptureMicros() {
    return newestCaptureMicros;
  }

  /** Frees the last frame; the room is not used any more. */
  void close() {
    Seat[] audience = seats;
    seats = new Seat[0];
    for (Seat seat : audience) {
      seat.evicted();
    }
    releaseLast();
  }

  private void releaseLast() {
    if (last != null) {
      last.release();
      last = null;
    }
  }
}
