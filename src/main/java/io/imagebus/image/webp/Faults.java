package io.imagebus.image.webp;

import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import java.util.Locale;

/** How a picture is turned away. */
final class Faults {
  private Faults() {}

  static PictureException damaged(String fault, Object... figures) {
    return new PictureException(
        Reason.DAMAGED, "the WebP is damaged: " + String.format(Locale.ROOT, fault, figures));
  }
}
