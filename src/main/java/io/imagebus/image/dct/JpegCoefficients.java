package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.notForUs;

import io.imagebus.image.Orientation;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Of 64 coefficients of a block some five to fifteen are not zero. Only those are kept, one after
 * the other, with a mask of their places for each block, and with the first coefficient of the
 * block before, so that a block can be priced when its neighbours were left out.
 */
/**
 * The coefficients of a JPEG, decoded once, from which it can be written at another quality without
 * pixels, or its size there be told. Reused from picture to picture; its arrays grow to the largest
 * so far. Owned by one thread.
 */
public final class JpegCoefficients {
  private static final int MIN_GROWTH = 1 << 12;

  private final JpegParser parser = new JpegParser();
  private final ScanReader scan = new ScanReader();
  private final JpegBytes out = new JpegBytes();
  private final ScanWriter writer = new ScanWriter(out);
  private final int[] block = new int[ZigZag.COEFFICIENTS + 1];
  private final int[] identity = new int[ScanReader.TABLE_LENGTH];
  private final int[] ones = new int[ScanReader.TABLE_LENGTH];

  private @Nullable JpegFrame frame;
  private int everyNthMcu = 1;
  private int sampledMcus;
  private long[] masks = {};
  private short[] firstsBefore = {};
  private int blocks;
  private short[] values = {};
  private int valueCount;

  /** With nothing loaded. */
  public JpegCoefficients() {
    Arrays.setAll(identity, k -> Math.min(k, ZigZag.COEFFICIENTS));
    Arrays.fill(ones, 1);
  }

  /**
   * Decodes a whole picture.
   *
   * @throws PictureException if it is no picture for this codec, is to be turned, or is damaged
   */
  public void load(byte[] picture, PictureInfo info) throws PictureException {
    sample(picture, info, 1);
  }

  /**
   * Decodes one MCU of every {@code everyNthMcu} and passes over the others.
   *
   * @throws PictureException if it is no picture for this codec, is to be turned, or is damaged
   */
  public void sample(byte[] picture, PictureInfo info, int everyNthMcu) throws PictureException {
    frame = null;
    if (info.orientation() != Orientation.UPRIGHT) {
      throw notForUs("that is to be turned");
    }
    JpegFrame parsed = parser.parse(picture);
    parsed.requireSize(info);
    this.everyNthMcu = everyNthMcu;
    blocks = 0;
    valueCount = 0;
    sampledMcus = 0;
    scan.begin(picture, parsed);
    read(parsed);
    scan.end();
    frame = parsed;
  }

  private void read(JpegFrame parsed) throws PictureException {
    int[] firsts = new int[3];
    int mcus = parsed.mcus();
    int untilSample = 1;
    for (int mcu = 0; mcu < mcus; mcu++) {
      scan.beginMcu();
      boolean sampled = --untilSample == 0;
      if (sampled) {
        untilSample = everyNthMcu;
        sampledMcus++;
      }
      for (int c = 0; c < parsed.components().size(); c++) {
        JpegComponent component = parsed.components().get(c);
        for (int i = component.horizontal() * component.vertical(); i > 0; i--) {
          firsts[c] = sampled ? keep(c, firsts[c]) : scan.skipBlock(c);
        }
      }
    }
  }

  private int keep(int component, int firstBefore) throws PictureException {
    long there = scan.block(component, block, 0, identity, ones, ZigZag.COEFFICIENTS - 1);
    if (blocks == masks.length) {
      masks = Arrays.copyOf(masks, blocks * 2 + MIN_GROWTH);
      firstsBefore = Arrays.copyOf(firstsBefore, masks.length);
    }
    if (values.length - valueCount < ZigZag.COEFFICIENTS) {
      values = Arrays.copyOf(values, values.length * 2 + MIN_GROWTH);
    }
    masks[blocks] = there;
    firstsBefore[blocks++] = (short) firstBefore;
    for (long rest = there; rest != 0; rest &= rest - 1) {
      values[valueCount++] = (short) block[Long.numberOfTrailingZeros(rest)];
    }
    return block[0];
  }

  /**
   * The picture at another quality and the same size and sampling, without metadata. A quality
   * above that of the source gives more bytes and no better picture.
   *
   * @param quality 1 to 100 on the scale of libjpeg
   * @throws IllegalStateException if no whole picture is loaded
   */
  public byte[] encode(int quality, HuffmanMode mode) {
    writeWhole(quality, mode);
    return out.copy();
  }

  /**
   * The exact length of what {@link #encode} makes.
   *
   * @throws IllegalStateException if no whole picture is loaded
   */
  public int exactBytes(int quality, HuffmanMode mode) {
    writeWhole(quality, mode);
    return out.length();
  }

  /**
   * The length of what {@link #encode} would make, from the MCUs that were decoded.
   *
   * @throws IllegalStateException if nothing is loaded
   */
  public int estimatedBytes(int quality, HuffmanMode mode) {
    JpegFrame source = loaded();
    int headerBytes = write(source, quality, mode);
    long dataBytes = (long) out.length() - headerBytes;
    return Math.toIntExact(headerBytes + dataBytes * source.mcus() / sampledMcus);
  }

  private void writeWhole(int quality, HuffmanMode mode) {
    if (everyNthMcu != 1) {
      throw new IllegalStateException("only a sample of the picture is loaded");
    }
    write(loaded(), quality, mode);
  }

  /** Writes what is loaded; returns the length up to the data. */
  private int write(JpegFrame source, int quality, HuffmanMode mode) {
    OutputFrame target = OutputFrame.like(source, quality);
    HuffmanSet tables =
        mode == HuffmanMode.STANDARD ? HuffmanSet.STANDARD : counts(source, target).best();
    out.begin(target, tables);
    int headerBytes = out.length();
    writer.begin(tables);
    walk(
        source,
        target,
        (c, before, there) -> {
          writer.follow(c, before);
          writer.block(c, block, 0, there);
        });
    writer.end();
    out.end();
    return headerBytes;
  }

  private JpegFrame loaded() {
    JpegFrame source = frame;
    if (source == null) {
      throw new IllegalStateException("no picture is loaded");
    }
    return source;
  }

  private SymbolCounts counts(JpegFrame source, OutputFrame target) {
    SymbolCounts counts = new SymbolCounts();
    walk(source, target, (c, before, there) -> counts.block(c, block[0] - before, block, there));
    return counts;
  }

  private interface BlockUse {
    void block(int component, int firstBefore, long there);
  }

  /** Requantises block by block. */
  private void walk(JpegFrame source, OutputFrame target, BlockUse use) {
    int components = source.components().size();
    Requantisation[] requantisations = new Requantisation[components];
    for (int c = 0; c < components; c++) {
      requantisations[c] =
          new Requantisation(
              source.components().get(c).quantisation(), target.components().get(c).quantisation());
    }
    int index = 0;
    int valueAt = 0;
    while (index < blocks) {
      for (int c = 0; c < components; c++) {
        JpegComponent component = source.components().get(c);
        for (int i = component.horizontal() * component.vertical(); i > 0; i--) {
          long there = requantise(requantisations[c], masks[index], valueAt);
          use.block(c, requantisations[c].apply(0, firstsBefore[index]), there);
          valueAt += Long.bitCount(masks[index++]);
        }
      }
    }
  }

  private long requantise(Requantisation requantisation, long mask, int from) {
    long there = 0;
    int at = from;
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      int k = Long.numberOfTrailingZeros(rest);
      int value = requantisation.apply(k, values[at++]);
      block[k] = value;
      there |= value == 0 ? 0 : 1L << k;
    }
    return there;
  }
}
