package io.imagebus.ingest;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.change.Change;
import io.imagebus.image.change.ChangeDetector;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import java.util.function.Supplier;

/**
 * Looks into the pictures of one stream, one after the other, by its topic's policy. Keeps the
 * checksum and the DC map of the last picture that went on. Owned by one thread, not an event loop.
 */
final class PictureLook {

  /** Whether it can be decoded is the same at any size; the smallest is the cheapest. */
  private static final PictureSize SMALLEST = new PictureSize(1, 1);

  private final PicturePolicy policy;
  private ChangeDetector changes = new ChangeDetector();
  private long passedNanos;

  PictureLook(PicturePolicy policy) {
    this.policy = policy;
  }

  /**
   * Looks into a picture.
   *
   * @param codec what damage is found with, if the policy asks for it
   */
  Verdict look(byte[] picture, PictureInfo info, Supplier<PictureCodec> codec, long nowNanos) {
    if (policy.unchanged() != Unchanged.PASS
        && changes.look(picture, info) != Change.CHANGED
        && !policy.repeats(nowNanos - passedNanos)) {
      return Verdict.UNCHANGED;
    }
    if (policy.refusesDamaged() && isDamaged(picture, info, codec.get())) {
      return Verdict.DAMAGED;
    }
    changes.sent();
    passedNanos = nowNanos;
    return Verdict.PASSED;
  }

  private static boolean isDamaged(byte[] picture, PictureInfo info, PictureCodec codec) {
    try {
      codec.decode(picture, info, SMALLEST).close();
      return false;
    } catch (PictureException e) {
      return e.reason() == PictureException.Reason.DAMAGED;
    }
  }

  /** A picture went on that was not looked into: what comes next is compared with nothing. */
  void passedUnseen() {
    changes = new ChangeDetector();
  }
}
