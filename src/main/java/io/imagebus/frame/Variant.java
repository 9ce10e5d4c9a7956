package io.imagebus.frame;

/**
 * The form in which a topic's frames are wanted or sent; each variant is a stream of its own.
 *
 * @param label the variant's name on the wire and in metrics, such as {@code source}
 */
public record Variant(String label) {

  /** The frames as they were published, byte for byte. */
  public static final Variant SOURCE = new Variant("source");

  /** Checks the label. */
  public Variant {
    if (label.isEmpty() || label.length() > 64) {
      throw new IllegalArgumentException("variant label has 1 to 64 characters");
    }
  }

  @Override
  public String toString() {
    return label;
  }
}
