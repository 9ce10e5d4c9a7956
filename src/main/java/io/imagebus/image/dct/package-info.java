/**
 * A JPEG codec in pure Java that works on DCT coefficients where that saves the pixels: eighth-size
 * decode from the DC coefficients alone, requantisation, exact and estimated sizes, lossless crop;
 * and the whole way over pixels as the fall-back where no native library loads.
 *
 * <p>It takes sequential 8-bit Huffman JPEGs of one interleaved scan, grey or YCbCr, which is what
 * cameras send, and leaves all others to another codec. It is strict: a picture that does not
 * decode to its very end, bit by bit, is damaged.
 */
@NullMarked
package io.imagebus.image.dct;

import org.jspecify.annotations.NullMarked;
