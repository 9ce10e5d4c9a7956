package io.imagebus.ingest;

/** What became of a picture that was numbered. */
enum Verdict {
  /** It went on. */
  PASSED,
  /** It shows nothing new, and was left out. */
  UNCHANGED,
  /** It cannot be decoded, and was left out. */
  DAMAGED,
  /** There was no time to look into it, and it was left out. */
  BUSY
}
