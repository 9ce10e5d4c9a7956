/**
 * Chooses how finely each frame of a variant is encoded. A {@link
 * io.imagebus.image.quality.QualityTarget} says what is wanted, a {@link
 * io.imagebus.image.quality.QualityControl} made from it is asked before and told after each
 * encode:
 *
 * <pre>{@code
 * QualityControl control = target.control();
 *
 * EncodedPicture made;
 * Optional<Fineness> fineness = Optional.of(control.next(nowNanos));      // each frame
 * do {
 *   made = picture.encode(encoding(fineness.get()));
 *   fineness = control.again(made.bytes().length);
 * } while (fineness.isPresent());
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
