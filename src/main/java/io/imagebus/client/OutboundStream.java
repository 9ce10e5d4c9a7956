package io.imagebus.client;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.StreamId;
import io.imagebus.wire.Chunk;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * One published stream on one connection: numbers the pictures, and knows which of them the server
 * has still to answer. Owned by one event loop.
 */
final class OutboundStream {

  /** The most unanswered pictures; bounds how old one can become in the kernel's buffers. */
  private static final int MOST_UNANSWERED = 64;

  private final BusConnection connection;
  private final StreamId id;
  private final PublicationTally tally;
  private final Chunker chunker;
  private final ArrayDeque<Long> unanswered = new ArrayDeque<>();
  private long skippedTotal;

  OutboundStream(BusConnection connection, StreamId id, PublicationTally tally) {
    this.connection = connection;
    this.id = id;
    this.tally = tally;
    this.chunker = new Chunker(id, connection.limits().chunkBytes());
  }

  StreamId id() {
    return id;
  }

  /** Whether a picture has to wait. */
  boolean isBusy() {
    return connection.isCongested() || unanswered.size() >= MOST_UNANSWERED;
  }

  /** Sends the next picture, or says why not: the server would refuse it. */
  Optional<String> send(WaitingPicture picture) {
    int mostBytes = connection.limits().frameBytes();
    if (picture.length() == 0 || picture.length() > mostBytes) {
      tally.refused++;
      return Optional.of(
          "a picture of " + picture.length() + " bytes; the server takes 1 to " + mostBytes);
    }
    ChunkedFrame frame = chunker.cut(picture.bytes(), picture.captureMicros());
    for (Chunk chunk : frame.chunks()) {
      connection.send(chunk);
    }
    unanswered.add(frame.number());
    tally.sent++;
    tally.sentBytes += picture.length();
    return Optional.empty();
  }

  /** Uses up the numbers of a picture and says so, so that the hole explains itself. */
  void leaveOut(int pictureBytes) {
    long from = chunker.nextSequence();
    chunker.skip(pictureBytes);
    long next = chunker.nextSequence();
    skippedTotal += next - from;
    connection.send(ControlMessages.skip(id, from, next - 1, skippedTotal));
  }

  void heartbeat() {
    connection.send(ControlMessages.heartbeat(id, chunker.nextSequence(), skippedTotal));
  }

  void end() {
    connection.send(ControlMessages.end(id, chunker.nextSequence()));
  }

  /** The server has accepted all up to a frame but those that it rejected. */
  void onAccepted(long frame) {
    while (!unanswered.isEmpty() && unanswered.peek() <= frame) {
      unanswered.remove();
      tally.accepted++;
    }
  }

  /** The server has rejected a frame; false if it had answered before. */
  boolean onRejected(long frame) {
    boolean first = unanswered.remove(frame);
    if (first) {
      tally.rejected++;
    }
    return first;
  }

  /** Pictures that the server has not answered. */
  int unanswered() {
    return unanswered.size();
  }

  /** No answer will come any more. */
  void abandon() {
    tally.unconfirmed += unanswered.size();
    unanswered.clear();
  }
}
