package io.imagebus.chunk;

import io.imagebus.frame.StreamId;
import io.imagebus.wire.Chunk;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * One complete encoded picture, as its chunks in order. Immutable; shared between event loops by
 * reference.
 *
 * @param chunks at least one; sequence numbers and offsets without a hole
 */
public record ChunkedFrame(List<Chunk> chunks) {

  /** Copies the list. */
  public ChunkedFrame {
    chunks = List.copyOf(chunks);
    if (chunks.isEmpty()) {
      throw new IllegalArgumentException("a frame has at least one chunk");
    }
  }

  /** The stream that the frame belongs to. */
  public StreamId stream() {
    return chunks.get(0).header().stream();
  }

  /** The frame's number in its source stream. */
  public long number() {
    return chunks.get(0).header().frameNumber();
  }

  /** Capture time, microseconds since 1970 UTC. */
  public long captureMicros() {
    return chunks.get(0).header().captureMicros();
  }

  /** Sequence number of the first chunk. */
  public long firstSequence() {
    return chunks.get(0).header().sequence();
  }

  /** Sequence number after the last chunk. */
  public long nextSequence() {
    return firstSequence() + chunks.size();
  }

  /** Bytes of the picture. */
  public int pictureBytes() {
    Chunk last = chunks.get(chunks.size() - 1);
    return last.header().offset() + last.payloadLength();
  }

  /** Bytes on the wire, headers and payloads. */
  public int wireBytes() {
    int sum = 0;
    for (Chunk chunk : chunks) {
      sum += chunk.wireLength();
    }
    return sum;
  }

  /** The picture put together, in an array of the caller's own. */
  public byte[] copyPicture() {
    byte[] picture = new byte[pictureBytes()];
    for (Chunk chunk : chunks) {
      System.arraycopy(
          chunk.bytes(),
          chunk.payloadStart(),
          picture,
          chunk.header().offset(),
          chunk.payloadLength());
    }
    return picture;
  }

  /** The picture put together, copied. */
  public Buffer picture() {
    Buffer picture = Buffer.buffer(pictureBytes());
    for (Chunk chunk : chunks) {
      picture.appendBytes(chunk.bytes(), chunk.payloadStart(), chunk.payloadLength());
    }
    return picture;
  }
}
