package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;
import static io.imagebus.image.dct.Faults.notForUs;

import io.imagebus.image.codec.PictureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the segments of a JPEG (T.81, annex B) up to the data of its first scan. Keeps the decoders
 * of Huffman tables from frame to frame. Owned by one thread.
 */
final class JpegParser {
  private final HuffmanCache dcCache = new HuffmanCache(HuffmanDecoder::forDc);
  private final HuffmanCache acCache = new HuffmanCache(HuffmanDecoder::forAc);
  private final JpegSegments segments = new JpegSegments();
  private final JpegTables tables = new JpegTables();
  private byte[] picture = {};
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
    tables.forget();
    frameHeaderAt = 0;
    mcusPerRestart = 0;
    rgb = false;
    segments.begin(bytes);
    while (true) {
      int marker = segments.next();
      if (marker == JpegSegments.SOS) {
        return scanHeader(segments.from(), segments.to());
      }
      segment(marker);
    }
  }

  private void segment(int marker) throws PictureException {
    switch (marker) {
      case JpegSegments.DQT -> tables.takeQuantisation(picture, segments.from(), segments.to());
      case JpegSegments.DHT -> tables.takeHuffman(picture, segments.from(), segments.to());
      case JpegSegments.SOF0, JpegSegments.SOF1 -> frameHeader(segments.from());
      case JpegSegments.DRI -> {
        segments.need(2);
        mcusPerRestart = uint16(segments.from());
      }
      case JpegSegments.APP14 -> adobe(segments.from(), segments.to());
      case JpegSegments.DAC -> throw notForUs("with arithmetic coding");
      case JpegSegments.EOI -> throw damaged("it ends in its header");
      default -> {
        if (marker > JpegSegments.SOF1
            && marker <= JpegSegments.SOF15
            && marker != JpegSegments.JPG) {
          throw notForUs("of kind SOF" + (marker - JpegSegments.SOF0));
        }
      }
    }
  }

  private void frameHeader(int at) throws PictureException {
    segments.need(6);
    if (frameHeaderAt != 0) {
      throw damaged("a second frame header");
    }
    frameHeaderAt = at;
    int components = uint8(at + 5);
    if (segments.to() - at != 6 + 3 * components) {
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
  private void adobe(int at, int end) {
    byte[] name = {'A', 'd', 'o', 'b', 'e'};
    if (end - at >= 12 && Arrays.equals(picture, at, at + 5, name, 0, 5)) {
      rgb = uint8(at + 11) == 0;
    }
  }

  private JpegFrame scanHeader(int at, int end) throws PictureException {
    if (frameHeaderAt == 0) {
      throw damaged("picture data before the frame header");
    }
    int count = uint8(frameHeaderAt + 5);
    segments.need(1);
    int scanned = uint8(at);
    if (end - at != 2 * scanned + 4 || scanned < 1 || scanned > count) {
      throw damaged("a scan header of %d components", scanned);
    }
    if (scanned != count) {
      throw notForUs("of several scans");
    }
    if (uint8(end - 3) != 0 || uint8(end - 2) != 63 || uint8(end - 1) != 0) {
      throw damaged("a scan of a part of the coefficients");
    }
    List<JpegComponent> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      components.add(component(frameHeaderAt + 6 + 3 * i, at + 1 + 2 * i, count));
    }
    int height = uint16(frameHeaderAt + 1);
    int width = uint16(frameHeaderAt + 3);
    return checked(new JpegFrame(width, height, components, mcusPerRestart, end));
  }

  private JpegComponent component(int inFrame, int inScan, int count) throws PictureException {
    if (uint8(inFrame) != uint8(inScan)) {
      throw notForUs("whose components are scanned in another order");
    }
    int factors = uint8(inFrame + 1);
    Quantisation divisors = tables.quantisation(uint8(inFrame + 2));
    HuffmanDecoder dc = dcCache.decoder(tables.dc(uint8(inScan + 1) >> 4));
    HuffmanDecoder ac = acCache.decoder(tables.ac(uint8(inScan + 1) & 15));
    // A scan of one component has one block an MCU, whatever its sampling factors (A.2.2).
    return count == 1
        ? new JpegComponent(1, 1, divisors, dc, ac)
        : new JpegComponent(factors >> 4, factors & 15, divisors, dc, ac);
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
