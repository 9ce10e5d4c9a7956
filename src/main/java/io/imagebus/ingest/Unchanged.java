package io.imagebus.ingest;

/** What becomes of a picture that shows nothing that the one sent before it did not. */
public enum Unchanged {
  /** It goes on like any other. */
  PASS,
  /** One goes on in a while, as a sign that the camera still sees this. */
  THIN,
  /** None goes on; each is announced. */
  DROP
}
