package io.imagebus.image.dct;

import java.util.Arrays;
import java.util.List;

/**
 * A JPEG in the making: its segments, then room for the data of a scan, which {@link ScanWriter}
 * appends. Its array grows to the largest picture so far and is reused. Owned by one thread.
 */
final class JpegBytes {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int APP0 = 0xE0;
  private static final int DQT = 0xDB;
  private static final int SOF0 = 0xC0;
  private static final int SOF1 = 0xC1;
  private static final int DHT = 0xC4;
  private static final int SOS = 0xDA;
  private static final int FIRST_BYTES = 64 * 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void length(int lengthBytes) {
    length = lengthBytes;
  }

  /** Makes room for so many bytes more. */
  void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  /** Begins a picture: all segments up to the data of its scan. */
  void begin(OutputFrame frame, HuffmanSet tables) {
    length = 0;
    marker(SOI);
    jfif();
    List<OutputFrame.Component> components = frame.components();
    for (int c = 0; c < components.size(); c++) {
      quantisation(components, c);
    }
    boolean wide = components.stream().anyMatch(c -> c.quantisation().isWide());
    frameHeader(frame, wide ? SOF1 : SOF0);
    huffman(0x00, tables.lumaDc().spec());
    huffman(0x10, tables.lumaAc().spec());
    if (components.size() > 1) {
      huffman(0x01, tables.chromaDc().spec());
      huffman(0x11, tables.chromaAc().spec());
    }
    scanHeader(components.size());
  }

  /** Ends the picture. */
  void end() {
    marker(EOI);
  }

  private void marker(int marker) {
    ensure(2);
    uint16(0xFF00 | marker);
  }

  private void segment(int marker, int bodyBytes) {
    marker(marker);
    ensure(2 + bodyBytes);
    uint16(2 + bodyBytes);
  }

  private void jfif() {
    segment(APP0, 14);
    for (char letter : "JFIF".toCharArray()) {
      uint8(letter);
    }
    uint8(0);
    uint16(0x0102);
    // Square pixels, of no stated size; no thumbnail.
    uint8(0);
    uint16(1);
    uint16(1);
    uint16(0);
  }

  /** The number of the first component with the same divisors, which is that of the table. */
  private static int table(List<OutputFrame.Component> components, int component) {
    Quantisation wanted = components.get(component).quantisation();
    int first = 0;
    while (!components.get(first).quantisation().equals(wanted)) {
      first++;
    }
    return first;
  }

  private void quantisation(List<OutputFrame.Component> components, int component) {
    if (table(components, component) < component) {
      return;
    }
    Quantisation divisors = components.get(component).quantisation();
    boolean wide = divisors.isWide();
    segment(DQT, 1 + (wide ? 2 : 1) * ZigZag.COEFFICIENTS);
    uint8((wide ? 0x10 : 0) | component);
    for (int k = 0; k < ZigZag.COEFFICIENTS; k++) {
      if (wide) {
        uint8(divisors.divisor(k) >> 8);
      }
      uint8(divisors.divisor(k));
    }
  }

  private void frameHeader(OutputFrame frame, int marker) {
    List<OutputFrame.Component> components = frame.components();
    segment(marker, 6 + 3 * components.size());
    uint8(8);
    uint16(frame.heightPixels());
    uint16(frame.widthPixels());
    uint8(components.size());
    for (int c = 0; c < components.size(); c++) {
      uint8(c + 1);
      uint8(components.get(c).horizontal() << 4 | components.get(c).vertical());
      uint8(table(components, c));
    }
  }

  private void huffman(int kind, HuffmanSpec spec) {
    segment(DHT, 1 + HuffmanSpec.LONGEST_CODE_BITS + spec.size());
    uint8(kind);
    for (int length = 1; length <= HuffmanSpec.LONGEST_CODE_BITS; length++) {
      uint8(spec.count(length));
    }
    for (int i = 0; i < spec.size(); i++) {
      uint8(spec.symbol(i));
    }
  }

  private void scanHeader(int components) {
    segment(SOS, 4 + 2 * components);
    uint8(components);
    for (int c = 0; c < components; c++) {
      uint8(c + 1);
      uint8(c == 0 ? 0x00 : 0x11);
    }
    uint8(0);
    uint8(63);
    uint8(0);
  }

  private void uint8(int value) {
    bytes[length++] = (byte) value;
  }

  private void uint16(int value) {
    uint8(value >> 8);
    uint8(value);
  }
}
