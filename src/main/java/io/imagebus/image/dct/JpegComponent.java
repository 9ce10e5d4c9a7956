package io.imagebus.image.dct;

/**
 * One colour component of a picture.
 *
 * @param horizontal blocks of a minimum coded unit (MCU) beside each other
 * @param vertical blocks of an MCU above each other
 */
record JpegComponent(
    int horizontal,
    int vertical,
    Quantisation quantisation,
    HuffmanDecoder dcDecoder,
    HuffmanDecoder acDecoder) {

  /** Blocks of an MCU. */
  int blocks() {
    return horizontal * vertical;
  }
}
