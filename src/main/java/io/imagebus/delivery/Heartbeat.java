package io.imagebus.delivery;

import io.imagebus.door.SocketWriter;
import java.util.Collection;

/**
 * {@code heartbeat}: how far the display must have come, for all its streams at once, so that it
 * sees when the newest is missing.
 */
final class Heartbeat {

  /** Beyond this many streams a second message is begun. */
  private static final int STREAMS_A_MESSAGE = 500;

  private static final int STREAM_CHARACTERS = 160;
  private static final String OPENING = "{\"type\":\"heartbeat\",\"streams\":[";

  private final SocketWriter writer;
  private final StringBuilder text;
  private int streams;

  private Heartbeat(SocketWriter writer, int seats) {
    this.writer = writer;
    this.text = new StringBuilder(STREAM_CHARACTERS * Math.min(seats, STREAMS_A_MESSAGE));
  }

  static void write(SocketWriter writer, Collection<DisplaySeat> seats, long nowNanos) {
    Heartbeat heartbeat = new Heartbeat(writer, seats.size());
    for (DisplaySeat seat : seats) {
      heartbeat.add(seat, nowNanos);
    }
    heartbeat.send();
  }

  private void add(DisplaySeat seat, long nowNanos) {
    int before = text.length();
    text.append(streams == 0 ? OPENING : ",");
    if (seat.beat(writer, text, nowNanos)) {
      streams++;
    } else {
      text.setLength(before);
    }
    if (streams == STREAMS_A_MESSAGE) {
      send();
    }
  }

  private void send() {
    if (streams > 0) {
      writer.writeText(text.append("]}").toString());
      text.setLength(0);
      streams = 0;
    }
  }
}
