package io.imagebus.client;

/**
 * Why a connection ended.
 *
 * @param code WebSocket closing code; 1006 when the connection was lost without one
 * @param reason in words; empty if none was given
 */
record CloseCause(int code, String reason) {

  private static final int LOST = 1006;
  private static final int POLICY = 1008;
  private static final int NOT_AN_IMAGE = 1003;
  private static final int TOO_BIG = 1009;
  private static final int BAD_MESSAGE = 4400;
  private static final int REPLACED = 4409;

  static CloseCause lost(String reason) {
    return new CloseCause(LOST, reason);
  }

  /** Whether the same would happen again after reconnecting. */
  boolean isFinal() {
    return switch (code) {
      case POLICY, NOT_AN_IMAGE, TOO_BIG, BAD_MESSAGE -> true;
      default -> false;
    };
  }

  /** Whether a newer publisher has the topic. */
  boolean isReplaced() {
    return code == REPLACED;
  }

  @Override
  public String toString() {
    if (code == LOST) {
      return reason.isEmpty() ? "connection lost" : reason;
    }
    return "closed by the server with code " + code + (reason.isEmpty() ? "" : ": " + reason);
  }
}
