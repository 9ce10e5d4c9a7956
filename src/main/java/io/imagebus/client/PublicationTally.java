package io.imagebus.client;

/** The growing half of {@link PublicationCounts}. Owned by one event loop. */
final class PublicationTally {

  long offered;
  long sent;
  long accepted;
  long rejected;
  long unconfirmed;
  long dropped;
  long refused;
  long sentBytes;

  PublicationCounts snapshot(int underWay, int waiting) {
    return new PublicationCounts(
        offered,
        sent,
        accepted,
        rejected,
        unconfirmed,
        underWay,
        dropped,
        refused,
        waiting,
        sentBytes);
  }
}
