/**
 * Chooses how finely each frame of a variant is encoded. A {@link
 * io.imagebus.image.quality.QualityTarget} says what is wanted, a {@link
 * io.imagebus.image.quality.QualityControl} made from it is asked before and told after each
 * encode:
 *
 * <pre>{@code
 * QualityControl control = target.control();
 *
 * double quality = control.next(nowNanos);                    // each frame
 * EncodedPicture made = picture.encode(new Encoding(size, format, quality));
 * for (OptionalDouble finer = control.again(made.bytes().length);
 *     finer.isPresent();
 *     finer = control.again(made.bytes().length)) {
 *   made = picture.encode(new Encoding(size, format, finer.getAsDouble()));
 * }
 * if (control.wantsSimilarity()) {
 *   control.similarity(picture.similarity(made));
 * }
 * }</pre>
 *
 * Pure arithmetic: no clock, no pixels.
 */
@NullMarked
package io.imagebus.image.quality;

import org.jspecify.annotations.NullMarked;
