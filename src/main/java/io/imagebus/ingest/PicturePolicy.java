package io.imagebus.ingest;

/**
 * What a topic wants of its pictures beyond a header that can be read.
 *
 * @param unchanged what becomes of pictures that show nothing new
 * @param heartbeatNanos at least so often one goes on if they are thinned out
 * @param refusesDamaged whether what cannot be decoded is refused
 */
record PicturePolicy(Unchanged unchanged, long heartbeatNanos, boolean refusesDamaged) {

  /** Whether a picture goes on as it is, without a look into it. */
  boolean asksNothing() {
    return unchanged == Unchanged.PASS && !refusesDamaged;
  }

  /**
   * Whether a picture that shows nothing new goes on all the same.
   *
   * @param sinceNanos how long ago the last one went on
   */
  boolean repeats(long sinceNanos) {
    return switch (unchanged) {
      case PASS -> true;
      case THIN -> sinceNanos >= heartbeatNanos;
      case DROP -> false;
    };
  }
}
