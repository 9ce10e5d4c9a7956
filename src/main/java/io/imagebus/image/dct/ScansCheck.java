package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;
import static io.imagebus.image.dct.Faults.notForUs;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads all scans of a JPEG of several, progressive or sequential, to their ends without making a
 * picture of them. Finds what {@link ScanCheck} finds where there is one. Takes eight bytes for
 * each block while it runs. Owned by one thread.
 */
public final class ScansCheck {
  private static final int MOST_LOW_BIT = 13;

  private final JpegSegments segments = new JpegSegments();
  private final JpegTables tables = new JpegTables();
  private final ScanBits bits = new ScanBits();
  private final BlockScan blocks = new BlockScan(bits);

  private byte[] picture = {};
  private final List<ScannedComponent> components = new ArrayList<>();
  private final List<Integer> quantisations = new ArrayList<>();
  private PictureGrid grid = new PictureGrid(1, 1, 1, 1);
  private boolean progressive;
  private int mcusPerRestart;

  /** Ready for any picture. */
  public ScansCheck() {}

  /**
   * Checks.
   *
   * @param info what the probe has said of the picture
   * @throws PictureException if it is damaged, or of a kind that this cannot tell of
   */
  public void check(byte[] bytes, PictureInfo info) throws PictureException {
    picture = bytes;
    tables.forget();
    components.clear();
    quantisations.clear();
    mcusPerRestart = 0;
    segments.begin(bytes);
    int marker;
    do {
      marker = segments.next();
      segment(marker, info);
    } while (marker != JpegSegments.EOI);
    if (components.isEmpty() || !components.stream().allMatch(ScannedComponent::isTold)) {
      throw damaged("it ends before all of its colours are there");
    }
    components.clear();
  }

  private void segment(int marker, PictureInfo info) throws PictureException {
    int from = segments.from();
    switch (marker) {
      case JpegSegments.DQT -> tables.takeQuantisation(picture, from, segments.to());
      case JpegSegments.DHT -> tables.takeHuffman(picture, from, segments.to());
      case JpegSegments.SOF0, JpegSegments.SOF1, JpegSegments.SOF2 -> {
        progressive = marker == JpegSegments.SOF2;
        frameHeader(from, info);
      }
      case JpegSegments.DRI -> {
        segments.need(2);
        mcusPerRestart = uint16(from);
      }
      case JpegSegments.SOS -> scan(from);
      default -> {
        if (marker > JpegSegments.SOF2
            && marker <= JpegSegments.SOF15
            && marker != JpegSegments.JPG) {
          throw notForUs("of kind SOF" + (marker - JpegSegments.SOF0));
        }
      }
    }
  }

  private void frameHeader(int at, PictureInfo info) throws PictureException {
    segments.need(6);
    int count = uint8(at + 5);
    if (!components.isEmpty() || count < 1 || segments.to() - at != 6 + 3 * count) {
      throw damaged("a frame header of %d components", count);
    }
    if (uint8(at) != 8 || count > ScanReader.MAX_COMPONENTS) {
      throw notForUs("of %d components of %d bits".formatted(count, uint8(at)));
    }
    if (uint16(at + 3) != info.widthPixels() || uint16(at + 1) != info.heightPixels()) {
      throw damaged("its size is not the one that was probed");
    }
    int maxHorizontal = 1;
    int maxVertical = 1;
    for (int i = 0; i < count; i++) {
      int factors = uint8(at + 7 + 3 * i);
      if (factors >> 4 < 1 || factors >> 4 > 4 || (factors & 15) < 1 || (factors & 15) > 4) {
        throw damaged("sampling factors %02X", factors);
      }
      maxHorizontal = Math.max(maxHorizontal, factors >> 4);
      maxVertical = Math.max(maxVertical, factors & 15);
    }
    grid = new PictureGrid(info.widthPixels(), info.heightPixels(), maxHorizontal, maxVertical);
    for (int i = 0; i < count; i++) {
      int component = at + 6 + 3 * i;
      components.add(new ScannedComponent(uint8(component), uint8(component + 1), grid));
      quantisations.add(uint8(component + 2));
    }
  }

  private void scan(int at) throws PictureException {
    segments.need(1);
    int count = uint8(at);
    if (count < 1 || count > components.size() || segments.to() - at != 4 + 2 * count) {
      throw damaged("a scan header of %d components", count);
    }
    BlockScan.Span span = span(segments.to() - 3, count);
    List<BlockScan.Reading> readings = new ArrayList<>();
    int blocksOfMcu = 0;
    for (int i = 0; i < count; i++) {
      BlockScan.Reading reading = reading(uint8(at + 1 + 2 * i), uint8(at + 2 + 2 * i), span);
      ScannedComponent component = reading.component();
      component.tell(span.from(), span.to(), span.highBit(), span.lowBit());
      blocksOfMcu += component.horizontal() * component.vertical();
      readings.add(reading);
    }
    if (count > 1 && blocksOfMcu > ScanReader.MAX_BLOCKS_OF_MCU) {
      throw damaged("%d blocks in an MCU", blocksOfMcu);
    }
    bits.begin(picture, segments.to());
    blocks.begin(span);
    if (count == 1) {
      ofOne(readings.get(0));
    } else {
      interleaved(readings);
    }
    blocks.end();
    segments.goOnAt(bits.end());
  }

  private BlockScan.Span span(int at, int count) throws PictureException {
    int from = uint8(at);
    int to = uint8(at + 1);
    int highBit = uint8(at + 2) >> 4;
    int lowBit = uint8(at + 2) & 15;
    boolean sound =
        progressive
            ? (from == 0 ? to == 0 : count == 1 && from <= to && to < ZigZag.COEFFICIENTS)
                && lowBit <= MOST_LOW_BIT
            : from == 0 && to == ZigZag.COEFFICIENTS - 1 && highBit == 0 && lowBit == 0;
    if (!sound) {
      throw damaged("a scan of coefficients %d to %d, bits %d, %d", from, to, highBit, lowBit);
    }
    return new BlockScan.Span(progressive, from, to, highBit, lowBit);
  }

  private BlockScan.Reading reading(int id, int scanTables, BlockScan.Span span)
      throws PictureException {
    for (int i = 0; i < components.size(); i++) {
      ScannedComponent component = components.get(i);
      if (component.id() == id) {
        boolean readsDc = span.from() == 0 && span.highBit() == 0;
        HuffmanSpec dc = readsDc ? tables.dc(scanTables >> 4) : StandardHuffman.DC_LUMA;
        HuffmanSpec ac = span.to() > 0 ? tables.ac(scanTables & 15) : StandardHuffman.AC_LUMA;
        return new BlockScan.Reading(
            component,
            new HuffmanSymbols(dc),
            new HuffmanSymbols(ac),
            tables.quantisation(quantisations.get(i)).divisor(0));
      }
    }
    throw damaged("a scan of a component that there is not");
  }

  /** A scan of one component has a block an MCU, and no more than are seen (A.2.2). */
  private void ofOne(BlockScan.Reading reading) throws PictureException {
    ScannedComponent component = reading.component();
    List<BlockScan.Reading> alone = List.of(reading);
    int mcu = 0;
    for (int y = 0; y < component.blocksHigh(); y++) {
      for (int x = 0; x < component.blocksWide(); x++) {
        beginMcu(mcu++, alone);
        blocks.block(reading, y * component.stride() + x);
      }
    }
  }

  private void interleaved(List<BlockScan.Reading> readings) throws PictureException {
    int mcu = 0;
    for (int y = 0; y < grid.mcusHigh(); y++) {
      for (int x = 0; x < grid.mcusWide(); x++) {
        beginMcu(mcu++, readings);
        for (BlockScan.Reading reading : readings) {
          blocksOf(reading, x, y);
        }
      }
    }
  }

  private void blocksOf(BlockScan.Reading reading, int mcuX, int mcuY) throws PictureException {
    ScannedComponent component = reading.component();
    int top = mcuY * component.vertical();
    int left = mcuX * component.horizontal();
    for (int y = top; y < top + component.vertical(); y++) {
      for (int x = left; x < left + component.horizontal(); x++) {
        blocks.block(reading, y * component.stride() + x);
      }
    }
  }

  private void beginMcu(int mcu, List<BlockScan.Reading> readings) throws PictureException {
    bits.requireData();
    if (mcusPerRestart > 0 && mcu > 0 && mcu % mcusPerRestart == 0) {
      blocks.end();
      bits.restart();
      readings.forEach(BlockScan.Reading::begin);
    }
  }

  private int uint8(int position) {
    return picture[position] & 0xFF;
  }

  private int uint16(int position) {
    return uint8(position) << 8 | uint8(position + 1);
  }
}
