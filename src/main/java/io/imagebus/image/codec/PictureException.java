package io.imagebus.image.codec;

/** A picture that cannot be decoded or encoded. */
public final class PictureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Sound perhaps, but of a kind that this codec leaves to another. */
    NOT_FOR_THIS_CODEC,
    /** Truncated, corrupt, or contradicting its header. */
    DAMAGED,
    /** The codec itself failed. */
    FAILED
  }

  private final Reason reason;

  /** Says why, in words for the publisher's log. */
  public PictureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
