package io.imagebus.image.codec;

import io.imagebus.image.Coding;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.dct.ScanCheck;
import io.imagebus.image.dct.ScansCheck;
import io.imagebus.image.webp.WebpCheck;

/**
 * Looks through the data of pictures whose decoders take rubbish for a picture: JPEG and WebP,
 * which have no checksum. Owned by one thread.
 */
final class DataCheck {
  private final ScanCheck oneScan = new ScanCheck();
  private final ScansCheck scans = new ScansCheck();
  private final WebpCheck webp = new WebpCheck();

  /**
   * Lets pass what is sound, and of what kind nothing can be told.
   *
   * @param info what the probe has said of the picture
   * @throws PictureException if it is damaged
   */
  void check(byte[] picture, PictureInfo info) throws PictureException {
    switch (info.format()) {
      case JPEG -> {
        boolean one = info.coding() == Coding.SEQUENTIAL && info.scans() == 1;
        if (!one || !couldTell(oneScan::check, picture, info)) {
          couldTell(scans::check, picture, info);
        }
      }
      case WEBP -> webp.check(picture, info);
      case PNG -> {
        // Its decoders look at the checksum of every chunk.
      }
    }
  }

  private interface Check {
    void check(byte[] picture, PictureInfo info) throws PictureException;
  }

  /** Checks; whether the check could tell anything of this kind. */
  private static boolean couldTell(Check check, byte[] picture, PictureInfo info)
      throws PictureException {
    try {
      check.check(picture, info);
      return true;
    } catch (PictureException e) {
      if (e.reason() != Reason.NOT_FOR_THIS_CODEC) {
        throw e;
      }
      return false;
    }
  }
}
