package io.imagebus.client;

/**
 * What became of the pictures that were given to a publication. At all times {@code offered = sent
 * + dropped + refused + waiting} and {@code sent = accepted + rejected + unconfirmed + underWay};
 * all but {@code waiting} and {@code underWay} only grow.
 *
 * @param offered pictures given
 * @param sent pictures written to a socket
 * @param accepted pictures that the server has checked and numbered
 * @param rejected pictures that the server refused
 * @param unconfirmed pictures sent on a connection that ended before the server said anything
 * @param underWay pictures that the server has still to answer
 * @param dropped pictures given up for a newer one because the way was busy or there was none
 * @param refused pictures not sent because they are longer than the server takes
 * @param waiting 1 while the newest picture waits
 * @param sentBytes bytes of the pictures sent
 */
public record PublicationCounts(
    long offered,
    long sent,
    long accepted,
    long rejected,
    long unconfirmed,
    long underWay,
    long dropped,
    long refused,
    long waiting,
    long sentBytes) {

  /** Before the first picture. */
  public static final PublicationCounts NONE = new PublicationCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Whether every picture is accounted for exactly once. */
  public boolean holdsIdentity() {
    return offered == sent + dropped + refused + waiting
        && sent == accepted + rejected + unconfirmed + underWay;
  }
}
