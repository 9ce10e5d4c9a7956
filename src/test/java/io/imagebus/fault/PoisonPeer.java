package io.imagebus.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** A stranger at one port who says what nobody should, and waits to be shown out. One use. */
final class PoisonPeer {

  /** What it says. */
  enum Poison {
    /** A megabyte of anything. */
    RANDOM_BYTES,
    /** Each of the protocols' lengths as large as it can be, then bytes for ever. */
    GIANT_LENGTH,
    /** The beginning of a TLS handshake. */
    TLS,
    /** An honest beginning, a byte a second. */
    SLOW
  }

  private static final int MEBIBYTE = 1 << 20;

  /** Much more than any port may take in for one message. */
  private static final int MOST_BYTES = 64 * MEBIBYTE;

  private static final int GIVE_UP_MILLIS = 20_000;
  private static final int SLOW_MILLIS = 1_000;

  private final Socket socket = new Socket();
  private final long startNanos = System.nanoTime();

  private PoisonPeer() {}

  /**
   * Goes to a port.
   *
   * @return after how long it was shown out, nanoseconds; at most {@value #GIVE_UP_MILLIS} ms
   */
  static CompletableFuture<Long> visit(InetSocketAddress port, Poison poison, long seed) {
    CompletableFuture<Long> out = new CompletableFuture<>();
    LinkProxy.daemon(
        poison + " at " + port,
        () -> {
          PoisonPeer peer = new PoisonPeer();
          try {
            peer.socket.connect(port, 3_000);
            LinkProxy.daemon("poison " + port, () -> peer.say(poison, seed));
            peer.awaitEnd();
          } catch (IOException e) {
            // Reset: that is how some ports show out.
          } finally {
            out.complete(System.nanoTime() - peer.startNanos);
            Relay.reset(peer.socket);
          }
        });
    return out;
  }

  private void awaitEnd() throws IOException {
    socket.setSoTimeout(SLOW_MILLIS);
    InputStream in = socket.getInputStream();
    byte[] ignored = new byte[8_192];
    while (System.nanoTime() - startNanos < GIVE_UP_MILLIS * 1_000_000L) {
      try {
        if (in.read(ignored) < 0) {
          return;
        }
      } catch (SocketTimeoutException e) {
        // Not yet.
      }
    }
  }

  private void say(Poison poison, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[MEBIBYTE];
    random.nextBytes(bytes);
    try {
      switch (poison) {
        case RANDOM_BYTES -> socket.getOutputStream().write(bytes);
        case GIANT_LENGTH -> sayMuch(bytes);
        case TLS -> {
          byte[] hello = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3};
          socket.getOutputStream().write(hello);
          socket.getOutputStream().write(bytes, 0, 501);
        }
        case SLOW -> saySlowly("GET /health/live HTTP/1.1\r\nHost: anybody\r\nX: ");
      }
    } catch (IOException e) {
      // Shown out.
    }
  }

  private void sayMuch(byte[] bytes) throws IOException {
    socket.getOutputStream().write(new byte[] {0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xF0});
    for (int sent = 0; sent < MOST_BYTES; sent += bytes.length) {
      socket.getOutputStream().write(bytes);
    }
  }

  private void saySlowly(String beginning) throws IOException {
    byte[] bytes = (beginning + "x".repeat(60)).getBytes(StandardCharsets.US_ASCII);
    for (byte each : bytes) {
      socket.getOutputStream().write(each);
      java.util.concurrent.locks.LockSupport.parkNanos(SLOW_MILLIS * 1_000_000L);
    }
  }
}
