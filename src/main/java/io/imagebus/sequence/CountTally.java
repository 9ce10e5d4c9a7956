package io.imagebus.sequence;

/** The running counters behind {@link SequenceCounts}. Owned by one tracker. Not thread-safe. */
final class CountTally {

  long expected;
  long received;
  long lost;
  long corrupt;
  long skipped;
  long pending;
  long duplicate;
  long late;
  long reordered;
  long stale;
  long preBase;
  long tooOld;
  long unattributable;
  long skipMismatch;
  long implausible;
  long epochs;
  long unknownTails;

  SequenceCounts snapshot() {
    return new SequenceCounts(
        expected,
        received,
        lost,
        corrupt,
        skipped,
        pending,
        duplicate,
        late,
        reordered,
        stale,
        preBase,
        tooOld,
        unattributable,
        skipMismatch,
        implausible,
        epochs,
        unknownTails);
  }
}
