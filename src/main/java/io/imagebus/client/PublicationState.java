package io.imagebus.client;

/** Where a publication stands. */
public enum PublicationState {
  /** No stream: not connected, or nothing to publish since the last stream ended. */
  UNOPENED,
  /** The server was asked for a stream. */
  OPENING,
  /** Pictures go out. */
  OPEN,
  /** The server was told the end of the stream and has not confirmed it yet. */
  ENDING,
  /** Ended as wished. */
  ENDED,
  /** Refused by the server, replaced by a newer publisher, or cut off. */
  FAILED;

  PublicationState become(PublicationState next) {
    boolean allowed =
        switch (next) {
          case UNOPENED -> this == OPENING || this == OPEN || this == ENDING;
          case OPENING -> this == UNOPENED;
          case OPEN -> this == OPENING;
          case ENDING -> this == OPEN;
          case ENDED -> this == UNOPENED || this == ENDING;
          case FAILED -> !isOver();
        };
    if (!allowed) {
      throw new IllegalStateException("a publication that is " + this + " cannot become " + next);
    }
    return next;
  }

  /** Whether nothing more can happen. */
  public boolean isOver() {
    return this == ENDED || this == FAILED;
  }
}
