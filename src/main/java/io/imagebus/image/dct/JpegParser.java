package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;
import static io.imagebus.image.dct.Faults.notForUs;

import io.imagebus.image.codec.PictureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments of a JPEG (T.81, annex B) up to the data of its first scan. Keeps the decoders
 * of Huffman tables from frame to frame. Owned by one thread.
 */
final class JpegParser {
  private static final int TEM = 0x01;
  private static final int SOF0 = 0xC0;
  private static final int SOF1 = 0xC1;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOF15 = 0xCF;
  private static final int RST0 = 0xD0;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;
  private static final int APP14 = 0xEE;
  private static final int TABLES = 4;

  private final HuffmanCache dcCache = new HuffmanCache(HuffmanDecoder::forDc);
  private final HuffmanCache acCache = new HuffmanCache(HuffmanDecoder::forAc);

  private final @Nullable Quantisation[] quantisation = new Quantisation[TABLES];
  private final @Nullable HuffmanDecoder[] dcDecoders = new HuffmanDecoder[TABLES];
  private final @Nullable HuffmanDecoder[] acDecoders = new HuffmanDecoder[TABLES];
  private byte[] picture = {};
  private int at;
  private int segmentEnd;
  private int frameHeaderAt;
  private int mcusPerRestart;
  private boolean rgb;

  /**
   * What the header of a picture in grey or YCbCr says.
   *
   * @throws PictureException if it is no picture for this codec, or a damaged one
   */
  JpegFrame parse(byte[] bytes) throws PictureException {
    JpegFrame frame = parseAnyColours(bytes);
    if (frame.components().size() == ScanReader.MAX_COMPONENTS) {
      throw notForUs("of four components");
    }
    if (rgb && frame.components().size() == 3) {
      throw notForUs("of red, green and blue");
    }
    return frame;
  }

  /**
   * What the header says, whatever its components mean.
   *
   * @throws PictureException if it is no picture for this codec, or a damaged one
   */
  JpegFrame parseAnyColours(byte[] bytes) throws PictureException {
    picture = bytes;
    forgetTables();
    frameHeaderAt = 0;
    mcusPerRestart = 0;
    rgb = false;
    if (bytes.length < 4 || uint16(0) != 0xFFD8) {
      throw damaged("it does not begin as one");
    }
    at = 2;
    while (true) {
      int marker = nextMarker();
      if (marker == TEM) {
        continue;
      }
      if (marker == 0 || (marker >= RST0 && marker <= EOI)) {
        throw damaged("marker FF %02X near byte %,d", marker, at);
      }
      openSegment();
      if (marker == SOS) {
        return scanHeader();
      }
      segment(marker);
      at = segmentEnd;
    }
  }

  /** A file that brings no Huffman tables along, as motion JPEG of old cameras, means these. */
  private void forgetTables() {
    Arrays.fill(quantisation, null);
    Arrays.fill(dcDecoders, null);
    Arrays.fill(acDecoders, null);
    dcDecoders[0] = dcCache.decoder(StandardHuffman.DC_LUMA);
    dcDecoders[1] = dcCache.decoder(StandardHuffman.DC_CHROMA);
    acDecoders[0] = acCache.decoder(StandardHuffman.AC_LUMA);
    acDecoders[1] = acCache.decoder(StandardHuffman.AC_CHROMA);
  }

  private int nextMarker() throws PictureException {
    if (at >= picture.length || uint8(at) != 0xFF) {
      throw damaged("no marker near byte %,d", at);
    }
    while (at < picture.length && uint8(at) == 0xFF) {
      at++;
    }
    if (at >= picture.length) {
      throw damaged("it ends in its header");
    }
    return uint8(at++);
  }

  private void openSegment() throws PictureException {
    int lengthBytes = picture.length - at < 2 ? 0 : uint16(at);
    if (lengthBytes < 2 || lengthBytes > picture.length - at) {
      throw damaged("a segment near byte %,d does not fit", at);
    }
    segmentEnd = at + lengthBytes;
    at += 2;
  }

  private void segment(int marker) throws PictureException {
    switch (marker) {
      case DQT -> quantisationTables();
      case DHT -> huffmanTables();
      case SOF0, SOF1 -> frameHeader();
      case DRI -> {
        need(2);
        mcusPerRestart = uint16(at);
      }
      case APP14 -> adobe();
      case DAC -> throw notForUs("with arithmetic coding");
      default -> {
        if (marker > SOF1 && marker <= SOF15 && marker != JPG) {
          throw notForUs("of kind SOF" + (marker - SOF0));
        }
      }
    }
  }

  private void need(int bytes) throws PictureException {
    if (segmentEnd - at < bytes) {
      throw damaged("a segment near byte %,d is too short", at);
    }
  }

  private void quantisationTables() throws PictureException {
    while (at < segmentEnd) {
      int kind = uint8(at++);
      int bytesPerValue = 1 + (kind >> 4);
      if (bytesPerValue > 2 || (kind & 15) >= TABLES) {
        throw damaged("quantisation table %02X", kind);
      }
      need(ZigZag.COEFFICIENTS * bytesPerValue);
      int[] table = new int[ZigZag.COEFFICIENTS];
      for (int k = 0; k < table.length; k++) {
        table[k] = bytesPerValue == 1 ? uint8(at) : uint16(at);
        at += bytesPerValue;
        if (table[k] == 0) {
          throw damaged("a quantisation by zero");
        }
      }
      quantisation[kind & 15] = new Quantisation(table);
    }
  }

  private void huffmanTables() throws PictureException {
    while (at < segmentEnd) {
      need(1 + HuffmanSpec.LONGEST_CODE_BITS);
      int kind = uint8(at++);
      if (kind >> 4 > 1 || (kind & 15) >= TABLES) {
        throw damaged("Huffman table %02X", kind);
      }
      byte[] counts = Arrays.copyOfRange(picture, at, at + HuffmanSpec.LONGEST_CODE_BITS);
      at += HuffmanSpec.LONGEST_CODE_BITS;
      int symbols = 0;
      for (byte count : counts) {
        symbols += count & 0xFF;
      }
      need(symbols);
      HuffmanSpec spec = new HuffmanSpec(counts, Arrays.copyOfRange(picture, at, at + symbols));
      at += symbols;
      if (symbols > 256 || !spec.isPrefixCode()) {
        throw damaged("Huffman table %02X is no prefix code", kind);
      }
      if (kind >> 4 == 0) {
        dcDecoders[kind & 15] = dcCache.decoder(spec);
      } else {
        acDecoders[kind & 15] = acCache.decoder(spec);
      }
    }
  }

  private void frameHeader() throws PictureException {
    need(6);
    if (frameHeaderAt != 0) {
      throw damaged("a second frame header");
    }
    frameHeaderAt = at;
    int components = uint8(at + 5);
    if (segmentEnd - at != 6 + 3 * components) {
      throw damaged("a frame header of %d components", components);
    }
    if (uint8(at) != 8) {
      throw notForUs("of " + uint8(at) + " bits a sample");
    }
    if (uint16(at + 3) == 0) {
      throw damaged("a width of 0");
    }
    if (uint16(at + 1) == 0) {
      throw notForUs("that gives its height at its end");
    }
    if (components != 1 && components != 3 && components != ScanReader.MAX_COMPONENTS) {
      throw notForUs("of " + components + " components");
    }
  }

  /** The marker of Adobe's programs, which says what three components are (T.872, 6.5.3). */
  private void adobe() {
    byte[] name = {'A', 'd', 'o', 'b', 'e'};
    if (segmentEnd - at >= 12 && Arrays.equals(picture, at, at + 5, name, 0, 5)) {
      rgb = uint8(at + 11) == 0;
    }
  }

  private JpegFrame scanHeader() throws PictureException {
    if (frameHeaderAt == 0) {
      throw damaged("picture data before the frame header");
    }
    int count = uint8(frameHeaderAt + 5);
    need(1);
    int scanned = uint8(at++);
    if (segmentEnd - at != 2 * scanned + 3 || scanned < 1 || scanned > count) {
      throw damaged("a scan header of %d components", scanned);
    }
    if (scanned != count) {
      throw notForUs("of several scans");
    }
    if (uint8(segmentEnd - 3) != 0 || uint8(segmentEnd - 2) != 63 || uint8(segmentEnd - 1) != 0) {
      throw damaged("a scan of a part of the coefficients");
    }
    List<JpegComponent> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      components.add(component(frameHeaderAt + 6 + 3 * i, at + 2 * i, count));
    }
    int height = uint16(frameHeaderAt + 1);
    int width = uint16(frameHeaderAt + 3);
    return checked(new JpegFrame(width, height, components, mcusPerRestart, segmentEnd));
  }

  private JpegComponent component(int inFrame, int inScan, int count) throws PictureException {
    if (uint8(inFrame) != uint8(inScan)) {
      throw notForUs("whose components are scanned in another order");
    }
    int factors = uint8(inFrame + 1);
    Quantisation divisors = entry(quantisation, uint8(inFrame + 2));
    HuffmanDecoder dc = entry(dcDecoders, uint8(inScan + 1) >> 4);
    HuffmanDecoder ac = entry(acDecoders, uint8(inScan + 1) & 15);
    // A scan of one component has one block an MCU, whatever its sampling factors (A.2.2).
    return count == 1
        ? new JpegComponent(1, 1, divisors, dc, ac)
        : new JpegComponent(factors >> 4, factors & 15, divisors, dc, ac);
  }

  private static <T> T entry(@Nullable T[] tables, int index) throws PictureException {
    T table = index < tables.length ? tables[index] : null;
    if (table == null) {
      throw damaged("it names a table that it does not bring along");
    }
    return table;
  }

  private static JpegFrame checked(JpegFrame frame) throws PictureException {
    int blocks = 0;
    for (JpegComponent component : frame.components()) {
      int horizontal = component.horizontal();
      int vertical = component.vertical();
      if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
        throw damaged("sampling factors %d x %d", horizontal, vertical);
      }
      if (frame.maxHorizontal() % horizontal != 0 || frame.maxVertical() % vertical != 0) {
        throw notForUs("with odd ratios of sampling");
      }
      blocks += horizontal * vertical;
    }
    if (blocks > ScanReader.MAX_BLOCKS_OF_MCU) {
      throw damaged("%d blocks in an MCU", blocks);
    }
    return frame;
  }

  private int uint8(int position) {
    return picture[position] & 0xFF;
  }

  private int uint16(int position) {
    return uint8(position) << 8 | uint8(position + 1);
  }
}
