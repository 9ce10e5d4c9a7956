package io.imagebus.image.codec;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A codec, and the one that gets what is not for it. What the first finds damaged stays damaged.
 */
final class HandingOn implements PictureCodec {
  private final PictureCodec first;
  private final PictureCodec rest;

  HandingOn(PictureCodec first, PictureCodec rest) {
    this.first = first;
    this.rest = rest;
  }

  @Override
  public String name() {
    return first.name();
  }

  @Override
  public DecodedPicture decode(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException {
    try {
      DecodedPicture decoded = first.decode(picture, info, largest);
      return new Handed(decoded, () -> rest.decode(picture, info, largest));
    } catch (PictureException e) {
      if (e.reason() != Reason.NOT_FOR_THIS_CODEC) {
        throw e;
      }
      return rest.decode(picture, info, largest);
    }
  }

  @Override
  public void close() {
    first.close();
    rest.close();
  }

  private interface Decoding {
    DecodedPicture decode() throws PictureException;
  }

  /** A picture whose encodings may be for the other codec too. */
  private static final class Handed implements DecodedPicture {
    private final DecodedPicture picture;
    private final Decoding byOther;
    private @Nullable DecodedPicture other;
    private @Nullable EncodedPicture madeByOther;

    Handed(DecodedPicture picture, Decoding byOther) {
      this.picture = picture;
      this.byOther = byOther;
    }

    @Override
    public PictureSize sourceSize() {
      return picture.sourceSize();
    }

    @Override
    public EncodedPicture encode(Encoding wanted) throws PictureException {
      try {
        return picture.encode(wanted);
      } catch (PictureException e) {
        if (e.reason() != Reason.NOT_FOR_THIS_CODEC) {
          throw e;
        }
        EncodedPicture made = other().encode(wanted);
        madeByOther = made;
        return made;
      }
    }

    @Override
    public double similarity(EncodedPicture encoded) throws PictureException {
      boolean ofOther = encoded.equals(madeByOther);
      return (ofOther ? other() : picture).similarity(encoded);
    }

    private DecodedPicture other() throws PictureException {
      DecodedPicture opened = other;
      if (opened == null) {
        opened = byOther.decode();
        other = opened;
      }
      return opened;
    }

    @Override
    public void close() {
      picture.close();
      if (other != null) {
        other.close();
      }
    }
  }
}
