package io.imagebus.fault;

import io.imagebus.base.Clock;
import io.imagebus.client.ServerUrl;
import io.imagebus.wire.ChunkHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Displays whose line carries little: bare sockets with small buffers, of which one thread reads so
 * many bytes a second, acknowledges what came whole and notes how old it was. To be closed.
 */
final class TrickleDisplays implements AutoCloseable {

  private static final int TURN_MILLIS = 100;
  private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;
  private static final int MOST_MESSAGE_BYTES = 256 * 1024;

  private final List<One> displays = new ArrayList<>();
  private final int bytesPerTurn;
  private final Thread reader;
  private volatile boolean closed;
  private long shown;
  private int ended;

  /** One socket and what of a message has come. */
  private static final class One {
    final String topic;
    final SocketChannel socket;
    final MessageFormat format = new WebSocketFormat();
    final byte[] bytes = new byte[MOST_MESSAGE_BYTES];
    int available;
    long captureMicros;
    final List<Long> agesMicros = new ArrayList<>();
    String lastTold = "";
    boolean over;

    One(String topic, SocketChannel socket) {
      this.topic = topic;
      this.socket = socket;
    }
  }

  /**
   * Connects displays of one topic.
   *
   * @param bytesPerSecond that each reads; 0 for displays that read nothing
   */
  TrickleDisplays(ServerUrl server, String topic, int count, int bytesPerSecond)
      throws IOException {
    this(server, Collections.nCopies(count, topic), bytesPerSecond);
  }

  /** Connects a display for each topic. */
  TrickleDisplays(ServerUrl server, List<String> topics, int bytesPerSecond) throws IOException {
    for (String topic : topics) {
      displays.add(open(server, topic));
    }
    bytesPerTurn = bytesPerSecond * TURN_MILLIS / 1_000;
    reader = LinkProxy.daemon("trickle", this::readAll);
  }

  private static One open(ServerUrl server, String topic) throws IOException {
    SocketChannel socket = SocketChannel.open();
    socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    socket.connect(new InetSocketAddress(server.host(), server.port()));
    String request =
        "GET /ws HTTP/1.1\r\nHost: "
            + server.host()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n";
    write(socket, request.getBytes(StandardCharsets.US_ASCII));
    One one = new One(topic, socket);
    // What comes before the answer to the upgrade may be overlooked.
    while (one.format.length(one.bytes, one.available) == 0) {
      one.available += socket.read(ByteBuffer.wrap(one.bytes, one.available, 1));
    }
    write(socket, text("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"" + topic + "\"}"));
    socket.configureBlocking(false);
    return one;
  }

  /** A masked text message; the mask is 0, which is a mask too. */
  private static byte[] text(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(body.length + 8);
    frame.put((byte) 0x81);
    if (body.length < 126) {
      frame.put((byte) (0x80 | body.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) body.length);
    }
    frame.putInt(0).put(body);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private static void write(SocketChannel socket, byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      socket.write(out);
    }
  }

  private void readAll() {
    while (!closed) {
      displays.forEach(this::readSome);
      LockSupport.parkNanos(TURN_MILLIS * 1_000_000L);
    }
  }

  private void readSome(One one) {
    if (one.over || bytesPerTurn == 0) {
      return;
    }
    try {
      int most = Math.min(bytesPerTurn, one.bytes.length - one.available);
      int read = one.socket.read(ByteBuffer.wrap(one.bytes, one.available, most));
      if (read < 0) {
        over(one, "end of stream");
        return;
      }
      one.available += read;
      int length;
      while ((length = one.format.length(one.bytes, one.available)) > 0
          && length <= one.available) {
        Optional<MessageFormat.Place> chunk = one.format.chunk(one.bytes, length);
        if (chunk.isPresent()) {
          onChunk(one, chunk.get().headerAt());
        } else {
          one.lastTold = new String(one.bytes, 0, Math.min(length, 300), StandardCharsets.UTF_8);
        }
        System.arraycopy(one.bytes, length, one.bytes, 0, one.available - length);
        one.available -= length;
      }
    } catch (IOException e) {
      over(one, e.toString());
    }
  }

  private synchronized void over(One one, String why) {
    System.out.printf("display of %s ended: %s, last told %s%n", one.topic, why, one.lastTold);
    one.over = true;
    ended++;
  }

  private void onChunk(One one, int at) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(one.bytes, at, ChunkHeader.BYTES).slice();
    if ((header.get(1) & ChunkHeader.FLAG_LAST) == 0) {
      return;
    }
    synchronized (this) {
      shown++;
      one.captureMicros = header.getLong(32);
      long age = Clock.system().epochMicros() - one.captureMicros;
      one.agesMicros.add(age);
    }
    String stream = HexFormat.of().toHexDigits(header.getLong(4));
    long frame = header.getLong(20);
    write(
        one.socket,
        text("{\"type\":\"ack\",\"stream\":\"" + stream + "\",\"frame\":" + frame + "}"));
  }

  /** Pictures shown by all of them together. */
  synchronized long shown() {
    return shown;
  }

  /** The greatest age of a picture when its last byte had come, microseconds. */
  synchronized long oldestMicros() {
    return displays.stream()
        .flatMap(one -> one.agesMicros.stream())
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /** The most pictures of one display that were older than that when they came. */
  synchronized long mostOlderThan(long micros) {
    return displays.stream()
        .mapToLong(one -> one.agesMicros.stream().filter(age -> age > micros).count())
        .max()
        .orElse(0);
  }

  /** Those that do not show a picture that was taken after a moment; microseconds. */
  synchronized List<String> notFreshSince(long epochMicros) {
    return displays.stream()
        .filter(one -> one.captureMicros <= epochMicros)
        .map(one -> one.topic + (one.over ? ", closed" : ", last told: " + one.lastTold))
        .toList();
  }

  /** Forgets how old pictures were so far. */
  synchronized void forgetAges() {
    displays.forEach(one -> one.agesMicros.clear());
  }

  /** Displays that the node closed. */
  synchronized int ended() {
    return ended;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    reader.join();
    for (One one : displays) {
      try {
        one.socket.close();
      } catch (IOException e) {
        // Closed already.
      }
    }
  }
}
