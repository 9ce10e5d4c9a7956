package io.imagebus.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.imagebus.door.WireClient.Frame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same promises for every way to write: this is the contract of {@link SocketWriter}. */
class SocketWriterIT {

  /** How the server writes. */
  enum Way {
    EPOLL,
    NIO,
    PUBLIC
  }

  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int CLOSE = 8;

  private final BlockingQueue<SocketWriter> writers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private Server server;

  private final class Server extends VerticleBase {
    private final Way way;
    private int port;
    private Context loop;

    Server(Way way) {
      this.way = way;
    }

    @Override
    public Future<?> start() {
      loop = context;
      return vertx
          .createHttpServer()
          .webSocketHandler(this::accept)
          .listen(0, "127.0.0.1")
          .onSuccess(http -> port = http.actualPort());
    }

    private void accept(ServerWebSocket socket) {
      socket.closeHandler(any -> ends.add("closed " + socket.closeStatusCode()));
      writers.add(
          way == Way.PUBLIC
              ? new QueuedSocketWriter(socket)
              : SocketWriter.of(socket, 65_536, 16_384));
    }
  }

  private WireClient connect(Way way) throws Exception {
    return connect(way, "");
  }

  private WireClient connect(Way way, String headers) throws Exception {
    vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(way != Way.NIO));
    server = new Server(way);
    get(vertx.deployVerticle(server));
    return new WireClient(server.port, 16_384, headers);
  }

  private SocketWriter writer() throws InterruptedException {
    SocketWriter writer = writers.poll(10, TimeUnit.SECONDS);
    assertThat(writer).isNotNull();
    return writer;
  }

  @AfterEach
  void stop() throws Exception {
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private <T> T onLoop(Callable<T> action) throws Exception {
    return get(
        Future.future(
            promise ->
                server.loop.runOnContext(
                    any -> {
                      try {
                        promise.complete(action.call());
                      } catch (Exception e) {
                        promise.fail(e);
                      }
                    })));
  }

  private void run(Runnable action) throws Exception {
    onLoop(
        () -> {
          action.run();
          return "";
        });
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void messages_ofAllLengths_areWholeFramesInOrder(Way way) throws Exception {
    int[] lengths = {0, 1, 125, 126, 65_535, 65_536, 300_000};
    try (WireClient client = connect(way)) {
      SocketWriter writer = writer();
      List<EncodedMessage> messages = new ArrayList<>();
      run(
          () -> {
            for (int length : lengths) {
              EncodedMessage message = EncodedMessage.of(bytes(length));
              messages.add(message);
              writer.writeText("before " + length + " \u00e4\ud83d\ude00");
              writer.write(message);
            }
            writer.flush();
          });
      for (int length : lengths) {
        assertThat(client.read().text()).isEqualTo("before " + length + " \u00e4\ud83d\ude00");
        byte[] payload = readBinary(client);
        assertThat(payload).isEqualTo(bytes(length));
      }
      await().untilAsserted(() -> assertThat(messages).allMatch(each -> each.holders() == 1));
      run(() -> messages.forEach(EncodedMessage::release));
      assertThat(messages).allMatch(each -> each.holders() == 0);
    }
  }

  @Test
  void socket_thatCompresses_isWrittenByTheQueue() throws Exception {
    String deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    try (WireClient client = connect(Way.EPOLL, deflate)) {
      SocketWriter writer = writer();
      assertThat(writer).isInstanceOf(QueuedSocketWriter.class);
      run(() -> writer.writeText("a text that a deflater makes shorter, shorter, shorter"));
      assertThat(client.read().firstByte()).as("RSV1: compressed").isEqualTo(0xC1);
    }
  }

  @Test
  void socket_thatDoesNotCompress_isWrittenDirectly() throws Exception {
    try (WireClient client = connect(Way.EPOLL)) {
      assertThat(writer()).isInstanceOf(DirectSocketWriter.class);
      client.send(PING, new byte[0]);
      assertThat(client.read().opcode()).isEqualTo(PONG);
    }
  }

  /** A binary message, which the public way splits into frames of 64 KiB. */
  private static byte[] readBinary(WireClient client) throws IOException {
    byte[] message = {};
    Frame frame;
    do {
      frame = client.read();
      assertThat(frame.opcode()).isIn(0, 2);
      assertThat(frame.lengthByte() & 0x80).as("mask").isZero();
      int start = message.length;
      message = Arrays.copyOf(message, start + frame.payload().length);
      System.arraycopy(frame.payload(), 0, message, start, frame.payload().length);
    } while ((frame.firstByte() & 0x80) == 0);
    return message;
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void ping_besideManyMessages_isAnsweredBetweenThem(Way way) throws Exception {
    try (WireClient client = connect(way)) {
      SocketWriter writer = writer();
      byte[] payload = bytes(50_000);
      EncodedMessage message = onLoop(() -> EncodedMessage.of(payload));
      run(() -> pumpForEver(writer, message));
      client.send(PING, new byte[] {1, 2, 3});
      Frame frame = client.read();
      for (int i = 0; i < 100 && frame.opcode() != PONG; i++) {
        assertThat(frame.opcode()).isEqualTo(2);
        assertThat(frame.payload()).isEqualTo(payload);
        frame = client.read();
      }
      assertThat(frame.opcode()).isEqualTo(PONG);
      assertThat(frame.payload()).containsExactly(1, 2, 3);
      run(writer::abort);
      await().until(() -> message.holders() == 1);
      run(message::release);
    }
  }

  private static void pumpForEver(SocketWriter writer, EncodedMessage message) {
    Runnable pump =
        () -> {
          while (writer.isWritable()) {
            writer.write(message);
            writer.flush();
          }
        };
    writer.onWritable(pump);
    pump.run();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void close_afterMessages_isTheLastFrame(Way way) throws Exception {
    try (WireClient client = connect(way)) {
      SocketWriter writer = writer();
      run(
          () -> {
            writer.writeText("last");
            writer.flush();
            writer.close(CloseCode.RESTART, "bye");
            writer.writeText("never");
            EncodedMessage message = EncodedMessage.of(bytes(10));
            writer.write(message);
            message.release();
            writer.flush();
          });
      assertThat(client.read().text()).isEqualTo("last");
      Frame close = client.read();
      assertThat(close.opcode()).isEqualTo(CLOSE);
      assertThat(close.payload()).startsWith(1012 >> 8, 1012 & 0xFF);
      client.send(CLOSE, close.payload());
      assertThat(client.readByte()).isEqualTo(-1);
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1012");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void close_byTheClient_endsTheWriting(Way way) throws Exception {
    try (WireClient client = connect(way)) {
      SocketWriter writer = writer();
      client.send(CLOSE, new byte[] {3, (byte) 0xE8});
      assertThat(client.read().opcode()).isEqualTo(CLOSE);
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1000");
      run(
          () -> {
            assertThat(writer.isWritable()).isFalse();
            writer.writeText("never");
            writer.flush();
          });
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"EPOLL", "NIO"})
  void abort_ofClientThatReadsNothing_freesEverythingAtOnce(Way way) throws Exception {
    try (WireClient client = connect(way)) {
      SocketWriter writer = writer();
      EncodedMessage message = onLoop(() -> EncodedMessage.of(bytes(100_000)));
      run(() -> pumpForEver(writer, message));
      assertThat(message.holders()).isGreaterThan(1);
      assertThat(onLoop(writer::isWritable)).isFalse();
      run(writer::abort);
      await().until(() -> message.holders() == 1);
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1006");
      assertThatThrownBy(
              () -> {
                while (client.readByte() >= 0) {
                  // what had arrived before
                }
                throw new IOException("end");
              })
          .isInstanceOf(IOException.class);
      run(message::release);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void stall_ofClientThatReadsNothing_growsAndEndsWithTheFirstByte(Way way) throws Exception {
    try (WireClient client = connect(way)) {
      SocketWriter writer = writer();
      EncodedMessage message = onLoop(() -> EncodedMessage.of(bytes(100_000)));
      assertThat(onLoop(() -> writer.stalledNanos(System.nanoTime()))).isZero();
      run(() -> pumpForEver(writer, message));
      await().until(() -> stalledMillis(writer) > 500);
      await()
          .until(
              () -> {
                readBinary(client);
                return stalledMillis(writer) < 250;
              });
      run(writer::abort);
      await().until(() -> message.holders() == 1);
      run(message::release);
    }
  }

  private long stalledMillis(SocketWriter writer) throws Exception {
    return TimeUnit.NANOSECONDS.toMillis(onLoop(() -> writer.stalledNanos(System.nanoTime())));
  }

  @Test
  void stall_behindAcknowledgedPacing_isSeenAlthoughTheQueueIsEmpty() throws Exception {
    try (WireClient client = connect(Way.EPOLL)) {
      SocketWriter writer = writer();
      EncodedMessage message = onLoop(() -> EncodedMessage.of(bytes(38_000)));
      run(
          () -> {
            writer.write(message);
            writer.flush();
          });
      await().until(() -> message.holders() == 1);
      await()
          .until(
              () -> {
                run(
                    () -> {
                      writer.writeText("heartbeat");
                      writer.flush();
                    });
                return stalledMillis(writer) > 1500;
              });
      assertThat(readBinary(client)).hasSize(38_000);
      await()
          .until(
              () -> {
                client.read();
                return stalledMillis(writer) == 0;
              });
      run(message::release);
    }
  }

  @Test
  void client_thatReadsALittleNowAndThen_isNotStalled() throws Exception {
    try (WireClient client = connect(Way.EPOLL)) {
      SocketWriter writer = writer();
      EncodedMessage message = onLoop(() -> EncodedMessage.of(bytes(4_000)));
      run(() -> pumpForEver(writer, message));
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
      long most = 0;
      while (System.nanoTime() < until) {
        readBinary(client);
        readBinary(client);
        most = Math.max(most, stalledMillis(writer));
      }
      assertThat(most).isLessThan(1_500);
      run(writer::abort);
      await().until(() -> message.holders() == 1);
      run(message::release);
    }
  }
}
