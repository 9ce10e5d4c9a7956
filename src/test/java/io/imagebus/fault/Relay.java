package io.imagebus.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/** One connection through a {@link LinkProxy}: two directions, a thread each. */
final class Relay {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket client;
  private final Socket server;
  private final Weather weather;

  Relay(Socket client, Socket server, Weather weather) {
    this.client = client;
    this.server = server;
    this.weather = weather;
  }

  /** Returns when both directions are over. */
  void run(
      MessageFormat up,
      AtomicReference<ByteFlips> upFlips,
      MessageFormat down,
      AtomicReference<ByteFlips> downFlips) {
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      cut();
      return;
    }
    Thread back = LinkProxy.daemon("back " + server, () -> pump(server, client, down, downFlips));
    pump(client, server, up, upFlips);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(client);
    close(server);
  }

  /** Whole messages only, so that each can be looked into. */
  private void pump(
      Socket from, Socket to, MessageFormat format, AtomicReference<ByteFlips> flips) {
    byte[] bytes = new byte[BUFFER_BYTES];
    int available = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read;
      while ((read = in.read(bytes, available, bytes.length - available)) >= 0) {
        long readNanos = System.nanoTime();
        available += read;
        int length;
        while ((length = format.length(bytes, available)) > 0 && length <= available) {
          ByteFlips flip = flips.get();
          byte[] message = bytes;
          format
              .chunk(bytes, length)
              .ifPresent(
                  chunk -> {
                    if (flip != null) {
                      flip.pass(message, chunk);
                    }
                  });
          weather.pass(length, readNanos);
          out.write(bytes, 0, length);
          System.arraycopy(bytes, length, bytes, 0, available - length);
          available -= length;
        }
        if (available == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      cut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cut();
    }
  }

  InetAddress client() {
    return client.getInetAddress();
  }

  /** Resets both sides. */
  void cut() {
    reset(client);
    reset(server);
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }
}
