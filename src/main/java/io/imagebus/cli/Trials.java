package io.imagebus.cli;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.EncodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.quality.Fineness;
import io.imagebus.image.quality.QualityControl;
import java.util.Optional;

/** Encodes one picture as if it were frame after frame, until its quality has settled. */
record Trials(DecodedPicture picture, PictureSize size, ImageFormat format) {
  private static final int MOST_FRAMES = 10;

  EncodedPicture until(QualityControl control) throws PictureException {
    EncodedPicture made = frame(control);
    for (int frame = 1; frame < MOST_FRAMES && control.wantsSimilarity(); frame++) {
      control.similarity(picture.similarity(made));
      made = frame(control);
    }
    return made;
  }

  private EncodedPicture frame(QualityControl control) throws PictureException {
    Optional<Fineness> fineness = Optional.of(control.next(0));
    EncodedPicture made;
    do {
      made = picture.encode(encoding(fineness.get()));
      fineness = control.again(made.bytes().length);
    } while (fineness.isPresent());
    return made;
  }

  private Encoding encoding(Fineness fineness) {
    return new Encoding(size.scaled(fineness.scale()), format, fineness.quality());
  }
}
