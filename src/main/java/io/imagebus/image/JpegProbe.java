package io.imagebus.image;

import static io.imagebus.image.Probed.Refused.refused;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Probed.Accepted;
import io.imagebus.image.Probed.Reason;
import io.imagebus.image.Probed.Refused;
import java.util.Optional;

/*
 * A JPEG (ITU-T T.81, annex B) is a row of marker segments, then scans:
 *
 *   FF D8 | FF xx length … | … | FF Cn length frame header | FF DA length scan header | data … FF D9
 *
 * A length counts itself, so skipping by lengths never looks inside a segment, and a thumbnail in an
 * EXIF segment, with a frame header and an end marker of its own, is not seen. Inside a scan's data
 * FF is always followed by 00 or a restart marker.
 *
 * Where one scan holds all components, as in every camera's sequential JPEG, nothing but data and
 * the end marker may follow its header: the last FF D9 of the file proves that the end came, and
 * looking from behind costs nothing even if a tool has appended bytes of its own. Pictures of
 * several scans have tables between the scans, and a table may hold FF D9 as values; so those are
 * walked forward, scan by scan.
 */
/** Walks the marker segments of one JPEG. One use, one thread. */
final class JpegProbe {
  private static final int MAX_SEGMENTS = 4_096;
  private static final int MAX_COMPONENTS = 4;

  private static final int TEM = 0x01;
  private static final int SOF0 = 0xC0;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOF15 = 0xCF;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int EXIF_NAME_BYTES = 6;

  private final ByteSlice slice;
  private final int maxScans;
  private int at = 2;
  private int segments;
  private int scans;
  private Coding coding = Coding.SEQUENTIAL;
  private Orientation orientation = Orientation.UPRIGHT;
  private boolean ended;
  private int widthPixels;
  private int heightPixels;
  private int components;
  private int bitsPerSample;

  JpegProbe(ByteSlice slice, int maxScans) {
    this.slice = slice;
    this.maxScans = maxScans;
  }

  Probed probe() {
    while (!ended) {
      Optional<Refused> refused = nextSegment();
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    return new Accepted(
        new PictureInfo(
            ImageFormat.JPEG,
            widthPixels,
            heightPixels,
            components,
            bitsPerSample,
            coding,
            scans,
            orientation));
  }

  private Optional<Refused> nextSegment() {
    if (++segments > MAX_SEGMENTS) {
      return corrupt("more than %,d segments".formatted(MAX_SEGMENTS));
    }
    if (at < slice.length() && slice.uint8(at) != 0xFF) {
      return corrupt("where a marker (FF xx) should begin");
    }
    while (at < slice.length() && slice.uint8(at) == 0xFF) {
      at++;
    }
    if (at >= slice.length()) {
      return truncated();
    }
    int marker = slice.uint8(at++);
    if (marker == EOI) {
      ended = true;
      return scans == 0 ? corrupt("an end marker before any picture data") : Optional.empty();
    }
    if (marker == TEM) {
      return Optional.empty();
    }
    if (marker == 0 || marker == SOI || isRestart(marker)) {
      return corrupt("marker FF %02X between segments".formatted(marker));
    }
    return segment(marker);
  }

  private Optional<Refused> segment(int marker) {
    if (slice.length() - at < 2) {
      return truncated();
    }
    int lengthBytes = slice.uint16(at);
    if (lengthBytes < 2) {
      return corrupt("a segment of length %d".formatted(lengthBytes));
    }
    if (lengthBytes > slice.length() - at) {
      return truncated();
    }
    int body = at + 2;
    int bodyBytes = lengthBytes - 2;
    at += lengthBytes;
    if (isFrameHeader(marker)) {
      coding = coding(marker);
      return frameHeader(body, bodyBytes);
    }
    if (marker == APP1 && components == 0) {
      readExif(body, bodyBytes);
    }
    return marker == SOS ? scan(body, bodyBytes) : Optional.empty();
  }

  private Optional<Refused> frameHeader(int body, int bodyBytes) {
    if (components != 0) {
      return corrupt("a second frame header");
    }
    int count = bodyBytes < 6 ? 0 : slice.uint8(body + 5);
    if (count < 1 || count > MAX_COMPONENTS || bodyBytes != 6 + 3 * count) {
      return corrupt("a frame header of %d bytes for %d components".formatted(bodyBytes, count));
    }
    components = count;
    bitsPerSample = slice.uint8(body);
    heightPixels = slice.uint16(body + 1);
    widthPixels = slice.uint16(body + 3);
    if (bitsPerSample < 2 || bitsPerSample > 16 || widthPixels == 0) {
      return corrupt("%d bits and a width of %d".formatted(bitsPerSample, widthPixels));
    }
    if (heightPixels == 0) {
      return Optional.of(
          new Refused(
              Reason.UNSUPPORTED,
              "the JPEG gives its height after the picture (DNL): write it into the header"));
    }
    return samplingFactors(body + 6);
  }

  private Optional<Refused> samplingFactors(int firstComponent) {
    for (int i = 0; i < components; i++) {
      int factors = slice.uint8(firstComponent + 3 * i + 1);
      int horizontal = factors >> 4;
      int vertical = factors & 15;
      if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
        return corrupt("sampling factors %d x %d".formatted(horizontal, vertical));
      }
    }
    return Optional.empty();
  }

  private Optional<Refused> scan(int body, int bodyBytes) {
    if (components == 0) {
      return corrupt("picture data before the frame header");
    }
    int count = bodyBytes < 1 ? 0 : slice.uint8(body);
    if (count < 1 || count > components || bodyBytes != 4 + 2 * count) {
      return corrupt("a scan header of %d bytes for %d components".formatted(bodyBytes, count));
    }
    if (++scans > maxScans) {
      return Optional.of(
          refused(
              Reason.TOO_MANY_SCANS,
              "the JPEG has more than %,d scans, each of them a pass of a decoder over the whole"
                  + " picture (frames.max-scans): send a JPEG that is not progressive",
              maxScans));
    }
    if (count == components && coding == Coding.SEQUENTIAL) {
      ended = slice.lastPair(0xFF, EOI, at + 1) > 0;
      return ended ? Optional.empty() : truncated();
    }
    skipData();
    return Optional.empty();
  }

  /** Moves to the marker that ends the data of a scan, or to the end. */
  private void skipData() {
    while (at < slice.length()) {
      if (slice.uint8(at) == 0xFF && endsData(at + 1)) {
        return;
      }
      at++;
    }
  }

  private boolean endsData(int second) {
    if (second >= slice.length()) {
      return false;
    }
    int value = slice.uint8(second);
    return value != 0 && value != 0xFF && !isRestart(value);
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  private static Coding coding(int marker) {
    return switch (marker - SOF0) {
      case 0, 1 -> Coding.SEQUENTIAL;
      case 2 -> Coding.PROGRESSIVE;
      default -> Coding.RARE;
    };
  }

  /**
   * Knows EXIF by its name or by what follows it: with one of them damaged the picture shall not
   * lie on its side. There are files, too, whose name ends in FF.
   */
  private void readExif(int body, int bodyBytes) {
    int tiff = body + EXIF_NAME_BYTES;
    int tiffBytes = bodyBytes - EXIF_NAME_BYTES;
    boolean named = tiffBytes > 0 && slice.agreesWith(body, 'E', 'x', 'i', 'f', 0, 0);
    boolean exif = named || ExifOrientation.isTiff(slice, tiff, tiffBytes);
    if (exif && orientation == Orientation.UPRIGHT) {
      orientation = ExifOrientation.read(slice, tiff, tiffBytes);
    }
  }

  private static boolean isRestart(int marker) {
    return marker >= RST0 && marker <= RST7;
  }

  private Optional<Refused> truncated() {
    return Optional.of(
        Refused.truncated(ImageFormat.JPEG, slice.length(), "without its end marker (FF D9)"));
  }

  private Optional<Refused> corrupt(String fault) {
    return Optional.of(Refused.corrupt(ImageFormat.JPEG, at, fault));
  }
}
