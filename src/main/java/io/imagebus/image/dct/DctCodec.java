package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.notForUs;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Orientation;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.EncodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.codec.PictureSize;

/**
 * The codec that runs everywhere: sequential JPEGs in, JPEGs of 4:2:0 or grey out, no native code.
 * Its buffers grow to the largest picture so far and stay; a frame allocates little more than its
 * result.
 */
public final class DctCodec implements PictureCodec {
  private static final int MAX_SIDE = 65_535;

  private final JpegPlanes decoded = new JpegPlanes();
  private final PlaneEncoder encoder = new PlaneEncoder();
  private final Plane[] scaled = {new Plane(), new Plane(), new Plane()};
  private final AreaScaler[] scalers = {new AreaScaler(), new AreaScaler(), new AreaScaler()};
  private final Plane unturned = new Plane();
  private final Plane compared = new Plane();

  @Override
  public String name() {
    return "dct";
  }

  @Override
  public DecodedPicture decode(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException {
    if (info.format() != ImageFormat.JPEG) {
      throw new PictureException(Reason.NOT_FOR_THIS_CODEC, "a " + info.format());
    }
    Orientation orientation = info.orientation();
    decoded.decode(picture, info, largest);
    PictureSize size = new PictureSize(info.uprightWidthPixels(), info.uprightHeightPixels());
    return new Picture(size, orientation, decoded.all());
  }

  @Override
  public void close() {
    // All of it is memory of the heap.
  }

  private static Plane[] planes(Plane[] all, int count) {
    Plane[] planes = new Plane[count];
    System.arraycopy(all, 0, planes, 0, count);
    return planes;
  }

  private byte[] encode(Plane[] planes, Orientation orientation, Encoding wanted)
      throws PictureException {
    if (wanted.format() != ImageFormat.JPEG) {
      throw new PictureException(
          Reason.NOT_FOR_THIS_CODEC, wanted.format() + " is not written by this codec");
    }
    int width = wanted.size().widthPixels();
    int height = wanted.size().heightPixels();
    if (width > MAX_SIDE || height > MAX_SIDE) {
      throw notForUs("of %d x %d pixels".formatted(width, height));
    }
    OutputFrame frame = OutputFrame.ofQuality(width, height, planes.length == 1, wanted.quality());
    Plane[] targets = planes(scaled, planes.length);
    for (int c = 0; c < planes.length; c++) {
      PlaneEncoder.resize(targets[c], frame, c);
      scaleUpright(c, planes[c], orientation, targets[c]);
    }
    return encoder.encode(frame, targets);
  }

  /** Scales first, since fewer samples are to be turned then. */
  private void scaleUpright(int c, Plane stored, Orientation orientation, Plane target) {
    if (orientation == Orientation.UPRIGHT) {
      scalers[c].scale(stored, target);
      return;
    }
    boolean swapped = orientation.swapsSides();
    int width = swapped ? target.height() : target.width();
    int height = swapped ? target.width() : target.height();
    unturned.resize(width, height, width, height);
    scalers[c].scale(stored, unturned);
    PlaneTurner.turn(unturned, orientation, target);
  }

  private double similarity(Plane luma, Orientation orientation, EncodedPicture encoded)
      throws PictureException {
    decoded.decodeLuma(encoded.bytes(), compared);
    Plane target = scaled[0];
    int width = compared.width();
    int height = compared.height();
    target.resize(width, height, width, height);
    scaleUpright(0, luma, orientation, target);
    return Similarity.mean(target, compared);
  }

  private final class Picture implements DecodedPicture {
    private final PictureSize sourceSize;
    private final Orientation orientation;
    private final Plane[] planes;

    Picture(PictureSize sourceSize, Orientation orientation, Plane[] planes) {
      this.sourceSize = sourceSize;
      this.orientation = orientation;
      this.planes = planes;
    }

    @Override
    public PictureSize sourceSize() {
      return sourceSize;
    }

    @Override
    public EncodedPicture encode(Encoding wanted) throws PictureException {
      return new EncodedPicture(DctCodec.this.encode(planes, orientation, wanted), wanted);
    }

    @Override
    public double similarity(EncodedPicture encoded) throws PictureException {
      return DctCodec.this.similarity(planes[0], orientation, encoded);
    }

    @Override
    public void close() {
      // The planes stay for the next picture.
    }
  }
}
