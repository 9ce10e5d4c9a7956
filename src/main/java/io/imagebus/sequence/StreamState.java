package io.imagebus.sequence;

/** Whether a stream is being heard. */
public enum StreamState {
  /** Nothing was ever heard. */
  IDLE,
  /** Announced, or heard within the silence limit. */
  LIVE,
  /** Not heard for the silence limit; what the sender did since is unknown and not guessed. */
  SILENT,
  /** Ended by its sender, or unsubscribed. Only a stream that is heard anew leaves this state. */
  CLOSED;

  /** Returns {@code next}, or throws if no stream may go there from here. */
  StreamState become(StreamState next) {
    if (!mayBecome(next)) {
      throw new IllegalStateException("stream state " + this + " cannot become " + next);
    }
    return next;
  }

  private boolean mayBecome(StreamState next) {
    return switch (next) {
      case IDLE -> false;
      case LIVE, CLOSED -> true;
      case SILENT -> this == LIVE || this == SILENT;
    };
  }
}
