package io.imagebus.image.dct;

import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import java.util.Locale;

/** The two ways in which a picture is turned away. */
final class Faults {
  private Faults() {}

  static PictureException damaged(String fault, Object... figures) {
    return new PictureException(
        Reason.DAMAGED, "the JPEG is damaged: " + String.format(Locale.ROOT, fault, figures));
  }

  static PictureException notForUs(String kind) {
    return new PictureException(Reason.NOT_FOR_THIS_CODEC, "a JPEG " + kind);
  }
}
