package io.imagebus.image.dct;

/** The four tables of a picture: the first component has its own, the others share theirs. */
record HuffmanSet(
    HuffmanCodes lumaDc, HuffmanCodes lumaAc, HuffmanCodes chromaDc, HuffmanCodes chromaAc) {

  /** The typical tables. */
  static final HuffmanSet STANDARD =
      new HuffmanSet(
          new HuffmanCodes(StandardHuffman.DC_LUMA),
          new HuffmanCodes(StandardHuffman.AC_LUMA),
          new HuffmanCodes(StandardHuffman.DC_CHROMA),
          new HuffmanCodes(StandardHuffman.AC_CHROMA));

  HuffmanCodes dc(int component) {
    return component == 0 ? lumaDc : chromaDc;
  }

  HuffmanCodes ac(int component) {
    return component == 0 ? lumaAc : chromaAc;
  }
}
