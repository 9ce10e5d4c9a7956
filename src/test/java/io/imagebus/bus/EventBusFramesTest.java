package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventBusFramesTest {

  private final EmbeddedChannel channel = new EmbeddedChannel(new EventBusFrames());

  private static ByteBuf message(int length) {
    ByteBuf message = Unpooled.buffer().writeInt(length).writeByte(2);
    return message.writeZero(length - 1);
  }

  @Test
  void channelRead_ofMessagesCutAnywhere_passesAllOnUnchanged() {
    SplittableRandom random = new SplittableRandom(7);
    ByteBuf all = Unpooled.buffer();
    for (int length : new int[] {1, 2, 300, 70_000, 5}) {
      all.writeBytes(message(length));
    }
    ByteBuf sent = all.copy();
    while (all.isReadable()) {
      int bytes = Math.min(all.readableBytes(), random.nextInt(1, 1_000));
      channel.writeInbound(all.readBytes(bytes));
    }
    ByteBuf came = Unpooled.buffer();
    ByteBuf part;
    while ((part = channel.readInbound()) != null) {
      came.writeBytes(part);
      part.release();
    }
    assertThat(came).isEqualTo(sent);
    assertThat(channel.isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, EventBusFrames.MAX_BYTES + 1})
  void channelRead_ofAnImpossibleLength_closes(int length) {
    channel.writeInbound(Unpooled.buffer().writeInt(length));
    assertThat(channel.isOpen()).isFalse();
    assertThat((Object) channel.readInbound()).isNull();
  }

  @Test
  void channelRead_ofAnotherVersion_closes() {
    channel.writeInbound(message(10), Unpooled.buffer().writeInt(10).writeByte(1));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void deadline_withoutAWholeMessage_closes() {
    channel.writeInbound(Unpooled.buffer().writeInt(10).writeByte(2));
    channel.advanceTimeBy(EventBusFrames.FIRST_MESSAGE_MILLIS, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void deadline_afterAWholeMessage_doesNothing() {
    channel.writeInbound(message(10));
    channel.advanceTimeBy(EventBusFrames.FIRST_MESSAGE_MILLIS, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
  }
}
