package io.imagebus.image.dct;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * The decoders of one kind that were made last: a camera sends the same tables with every frame.
 * Owned by one thread.
 */
final class HuffmanCache {
  private static final int CAPACITY = 8;

  private final Function<HuffmanSpec, HuffmanDecoder> maker;
  private final Deque<HuffmanDecoder> decoders = new ArrayDeque<>(CAPACITY + 1);

  HuffmanCache(Function<HuffmanSpec, HuffmanDecoder> maker) {
    this.maker = maker;
  }

  HuffmanDecoder decoder(HuffmanSpec spec) {
    for (HuffmanDecoder decoder : decoders) {
      if (decoder.decodes(spec)) {
        return decoder;
      }
    }
    HuffmanDecoder made = maker.apply(spec);
    if (decoders.size() == CAPACITY) {
      decoders.removeFirst();
    }
    decoders.addLast(made);
    return made;
  }
}
