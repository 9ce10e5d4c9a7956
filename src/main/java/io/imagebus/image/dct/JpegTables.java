package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;

import io.imagebus.image.codec.PictureException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tables that the segments of a JPEG have defined so far. Owned by one thread. */
final class JpegTables {
  private static final int TABLES = 4;
  private static final int MOST_SYMBOLS = 256;

  private final @Nullable Quantisation[] quantisation = new Quantisation[TABLES];

  /** A camera sends the same with every frame. */
  private final @Nullable Quantisation[] lastSound = new Quantisation[TABLES];

  private final @Nullable HuffmanSpec[] dc = new HuffmanSpec[TABLES];
  private final @Nullable HuffmanSpec[] ac = new HuffmanSpec[TABLES];

  /** A file that brings no Huffman tables along, as motion JPEG of old cameras, means these. */
  void forget() {
    Arrays.fill(quantisation, null);
    Arrays.fill(dc, null);
    Arrays.fill(ac, null);
    dc[0] = StandardHuffman.DC_LUMA;
    dc[1] = StandardHuffman.DC_CHROMA;
    ac[0] = StandardHuffman.AC_LUMA;
    ac[1] = StandardHuffman.AC_CHROMA;
  }

  /** Takes the tables of a DQT segment. */
  void takeQuantisation(byte[] picture, int from, int to) throws PictureException {
    int at = from;
    while (at < to) {
      int kind = picture[at++] & 0xFF;
      int bytesPerValue = 1 + (kind >> 4);
      if (bytesPerValue > 2 || (kind & 15) >= TABLES) {
        throw damaged("quantisation table %02X", kind);
      }
      need(to - at, ZigZag.COEFFICIENTS * bytesPerValue);
      int[] table = new int[ZigZag.COEFFICIENTS];
      for (int k = 0; k < table.length; k++) {
        for (int i = 0; i < bytesPerValue; i++) {
          table[k] = table[k] << 8 | (picture[at++] & 0xFF);
        }
        if (table[k] == 0) {
          throw damaged("a quantisation by zero");
        }
      }
      quantisation[kind & 15] = sound(kind & 15, new Quantisation(table));
    }
  }

  private Quantisation sound(int index, Quantisation table) throws PictureException {
    if (!table.equals(lastSound[index])) {
      if (table.hasOutlier()) {
        throw damaged("a quantisation that no encoder makes");
      }
      lastSound[index] = table;
    }
    return table;
  }

  /** Takes the tables of a DHT segment. */
  void takeHuffman(byte[] picture, int from, int to) throws PictureException {
    int at = from;
    while (at < to) {
      need(to - at, 1 + HuffmanSpec.LONGEST_CODE_BITS);
      int kind = picture[at++] & 0xFF;
      if (kind >> 4 > 1 || (kind & 15) >= TABLES) {
        throw damaged("Huffman table %02X", kind);
      }
      byte[] counts = Arrays.copyOfRange(picture, at, at + HuffmanSpec.LONGEST_CODE_BITS);
      at += HuffmanSpec.LONGEST_CODE_BITS;
      int symbols = 0;
      for (byte count : counts) {
        symbols += count & 0xFF;
      }
      need(to - at, symbols);
      HuffmanSpec spec = new HuffmanSpec(counts, Arrays.copyOfRange(picture, at, at + symbols));
      at += symbols;
      if (symbols > MOST_SYMBOLS || !spec.isPrefixCode()) {
        throw damaged("Huffman table %02X is no prefix code", kind);
      }
      (kind >> 4 == 0 ? dc : ac)[kind & 15] = spec;
    }
  }

  private static void need(int there, int bytes) throws PictureException {
    if (there < bytes) {
      throw damaged("a segment of tables is too short");
    }
  }

  Quantisation quantisation(int index) throws PictureException {
    return entry(quantisation, index);
  }

  HuffmanSpec dc(int index) throws PictureException {
    return entry(dc, index);
  }

  HuffmanSpec ac(int index) throws PictureException {
    return entry(ac, index);
  }

  private static <T> T entry(@Nullable T[] tables, int index) throws PictureException {
    T table = index < tables.length ? tables[index] : null;
    if (table == null) {
      throw damaged("it names a table that it does not bring along");
    }
    return table;
  }
}
