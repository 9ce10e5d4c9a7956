package io.imagebus.image.dct;

import java.util.ArrayList;
import java.util.List;

/** A picture to be written: its size and its components, of which the first is the luma. */
record OutputFrame(int widthPixels, int heightPixels, List<Component> components) {

  /**
   * A component.
   *
   * @param horizontal blocks of an MCU beside each other
   * @param vertical blocks of an MCU above each other
   */
  record Component(int horizontal, int vertical, Quantisation quantisation) {}

  OutputFrame {
    components = List.copyOf(components);
  }

  /** Grey, or 4:2:0, with the tables of a quality. */
  static OutputFrame ofQuality(int widthPixels, int heightPixels, boolean grey, double quality) {
    List<Component> components = new ArrayList<>();
    int lumaBlocks = grey ? 1 : 2;
    components.add(new Component(lumaBlocks, lumaBlocks, StandardQuantisation.of(0, quality)));
    for (int c = 1; c < (grey ? 1 : 3); c++) {
      components.add(new Component(1, 1, StandardQuantisation.of(c, quality)));
    }
    return new OutputFrame(widthPixels, heightPixels, components);
  }

  /** With the sampling of a source and the tables of a quality. */
  static OutputFrame like(JpegFrame source, int quality) {
    List<Component> components = new ArrayList<>();
    for (int c = 0; c < source.components().size(); c++) {
      JpegComponent component = source.components().get(c);
      components.add(
          new Component(
              component.horizontal(), component.vertical(), StandardQuantisation.of(c, quality)));
    }
    return new OutputFrame(source.widthPixels(), source.heightPixels(), components);
  }

  /** With the sampling and the tables of a source. */
  static OutputFrame partOf(JpegFrame source, int widthPixels, int heightPixels) {
    List<Component> components = new ArrayList<>();
    for (JpegComponent component : source.components()) {
      components.add(
          new Component(component.horizontal(), component.vertical(), component.quantisation()));
    }
    return new OutputFrame(widthPixels, heightPixels, components);
  }
}
