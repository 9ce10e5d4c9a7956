package io.imagebus.ingest;

import io.imagebus.door.CloseCode;
import io.imagebus.door.Problem;
import io.imagebus.image.Probed.Reason;
import io.imagebus.image.Probed.Refused;
import java.util.Locale;

/**
 * A picture that ingest did not take.
 *
 * @param code stable short name, such as {@code not-a-picture}
 * @param status HTTP status
 * @param message tells the publisher what is wrong and what to do
 */
record Refusal(String code, int status, String message) {

  /** The node takes no more pictures; another one does. */
  static Refusal draining() {
    return new Refusal("draining", 503, "this node goes down; publish to another");
  }

  /** The header is sound, and what follows is not. */
  static Refusal damaged() {
    return new Refusal(
        "damaged", 422, "the picture cannot be decoded, and its topic wants none such");
  }

  static Refusal of(Refused refused) {
    String code = refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Refusal(code, status(refused.reason()), refused.message());
  }

  private static int status(Reason reason) {
    return switch (reason) {
      case EMPTY, TRUNCATED, CORRUPT_HEADER -> 400;
      case NOT_A_PICTURE, UNSUPPORTED -> 415;
      case TOO_MANY_BYTES, TOO_MANY_PIXELS, TOO_MANY_SCANS -> 413;
    };
  }

  Problem toProblem() {
    return new Problem(status, code, message);
  }

  /** How a connection that sends nothing but pictures is closed for it. */
  CloseCode closeCode() {
    return status == 413 ? CloseCode.TOO_BIG : CloseCode.NOT_AN_IMAGE;
  }
}
