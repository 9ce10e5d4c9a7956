package io.imagebus.bus;

import io.imagebus.flow.ByteBudget;
import io.imagebus.flow.CreditWindow;
import io.imagebus.frame.StreamId;
import io.imagebus.wire.LinkEnvelope;
import io.imagebus.wire.NumberRange;
import io.imagebus.wire.NumberRanges;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers the other nodes' requests from the ring. What is sent again takes its place in the link's
 * credit window and in the node's budget for repairs; what does not fit in either is not answered,
 * and no queue forms: the other node asks again. What the ring does not have is refused at once.
 * Owned by one event loop.
 */
final class RepairAnswers {

  /** A receiver has no more numbers open; what a request names beyond that is not looked at. */
  private static final int MAX_NUMBERS = 1_024;

  private final RepairRing ring;
  private final ByteBudget budget;
  private long sentChunks;
  private long refusedChunks;
  private long putOffChunks;

  RepairAnswers(RepairRing ring, ByteBudget budget) {
    this.ring = ring;
    this.budget = budget;
  }

  /** Takes a node's request. */
  void answer(Peer peer, StreamId stream, List<NumberRange> asked, long nowNanos) {
    if (peer.outbound().isDown()) {
      return;
    }
    List<NumberRange> refused = new ArrayList<>();
    int left = MAX_NUMBERS;
    for (NumberRange range : asked) {
      for (long number = range.from(); number - range.to() <= 0 && left > 0; number++, left--) {
        Optional<RepairRing.Sent> found = ring.find(peer.id(), stream, number);
        if (found.isPresent()) {
          sendAgain(peer, found.get(), nowNanos);
        } else {
          refuse(refused, number);
        }
      }
    }
    if (!refused.isEmpty()) {
      peer.transport().refuse(stream, refused);
    }
  }

  /** Adds a number; one that does not fit into the message is asked for and refused once more. */
  private void refuse(List<NumberRange> refused, long number) {
    int last = refused.size() - 1;
    if (last >= 0 && refused.get(last).to() + 1 == number) {
      refused.set(last, new NumberRange(refused.get(last).from(), number));
    } else if (refused.size() < NumberRanges.MAX) {
      refused.add(new NumberRange(number, number));
    } else {
      return;
    }
    refusedChunks++;
  }

  private void sendAgain(Peer peer, RepairRing.Sent sent, long nowNanos) {
    CreditWindow window = peer.outbound().window();
    long bytes = (long) sent.chunk().wireLength() + LinkEnvelope.BYTES;
    if (budget.allows(bytes, nowNanos) && window.admits(bytes)) {
      budget.spend(bytes);
      sentChunks++;
      peer.transport().sendAgain(sent, window.sent(bytes, nowNanos));
    } else {
      putOffChunks++;
    }
  }

  /** What was answered so far, in chunks; for people to read. */
  JsonObject toJson() {
    return new JsonObject()
        .put("keptBytes", ring.bytes())
        .put("sentChunks", sentChunks)
        .put("refusedChunks", refusedChunks)
        .put("putOffChunks", putOffChunks);
  }
}
