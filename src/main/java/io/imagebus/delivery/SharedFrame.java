package io.imagebus.delivery;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.door.EncodedMessage;
import io.imagebus.frame.ImageFormat;
import io.imagebus.wire.Chunk;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One frame for all displays of an event loop, in the forms that they want, each encoded when the
 * first asks for it. Counts its holders, its room first; the last to leave frees the direct memory.
 * Owned by one event loop. Not thread-safe.
 */
final class SharedFrame {

  private final ChunkedFrame frame;
  private final ImageFormat format;
  private final @Nullable EncodedMessage[] chunks;
  private @Nullable EncodedMessage picture;
  private @Nullable Buffer plain;
  private @Nullable Buffer part;
  private int holders = 1;

  /**
   * A frame held by its room.
   *
   * @param announced the stream's format; the picture's own first bytes overrule it
   */
  SharedFrame(ChunkedFrame frame, ImageFormat announced) {
    this.frame = frame;
    this.format = PictureType.of(frame.chunks().get(0), announced);
    this.chunks = new EncodedMessage[frame.chunks().size()];
  }

  ChunkedFrame frame() {
    return frame;
  }

  ImageFormat format() {
    return format;
  }

  int chunkCount() {
    return chunks.length;
  }

  /** One chunk as a WebSocket message; borrowed. */
  EncodedMessage chunk(int index) {
    checkHeld();
    EncodedMessage message = chunks[index];
    if (message == null) {
      message = EncodedMessage.of(frame.chunks().get(index).bytes());
      chunks[index] = message;
    }
    return message;
  }

  /** The whole picture as a WebSocket message; borrowed. */
  EncodedMessage picture() {
    checkHeld();
    if (picture == null) {
      picture = EncodedMessage.ofLength(frame.pictureBytes());
      for (Chunk chunk : frame.chunks()) {
        picture.append(chunk.bytes(), chunk.payloadStart(), chunk.payloadLength());
      }
    }
    return picture;
  }

  /** The picture's bytes; not to be changed. */
  Buffer plain() {
    if (plain == null) {
      plain = frame.picture();
    }
    return plain;
  }

  /** The picture as one part of a multipart response; not to be changed. */
  Buffer part() {
    if (part == null) {
      part = MultipartFormat.part(this);
    }
    return part;
  }

  SharedFrame retain() {
    checkHeld();
    holders++;
    return this;
  }

  void release() {
    checkHeld();
    if (--holders > 0) {
      return;
    }
    for (EncodedMessage message : chunks) {
      if (message != null) {
        message.release();
      }
    }
    if (picture != null) {
      picture.release();
    }
  }

  private void checkHeld() {
    if (holders <= 0) {
      throw new IllegalStateException(
          "frame " + frame.number() + " of stream " + frame.stream() + " was freed before");
    }
  }
}
