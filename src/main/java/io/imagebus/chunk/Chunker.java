package io.imagebus.chunk;

import io.imagebus.frame.StreamId;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkHeader;
import java.util.ArrayList;
import java.util.List;

/** Numbers a stream's frames and cuts them into chunks. Owned by one event loop. */
public final class Chunker {

  private final StreamId stream;
  private final int chunkBytes;
  private long nextSequence;
  private long nextFrame;

  /**
   * Starts a stream at frame 0, chunk 0.
   *
   * @param chunkBytes the most payload bytes of a chunk
   */
  public Chunker(StreamId stream, int chunkBytes) {
    this.stream = stream;
    this.chunkBytes = chunkBytes;
  }

  /**
   * Cuts the next frame.
   *
   * @param picture one complete encoded picture, at most 65,535 chunks long
   * @param captureMicros capture time, microseconds since 1970 UTC
   */
  public ChunkedFrame cut(byte[] picture, long captureMicros) {
    return cut(picture, nextFrame, captureMicros);
  }

  /**
   * Cuts a frame that has its number from elsewhere: that of the source that it was made of.
   *
   * @param frameNumber above that of every frame before
   */
  public ChunkedFrame cut(byte[] picture, long frameNumber, long captureMicros) {
    int count = chunkCount(picture.length);
    if (count > 0xFFFF) {
      throw new IllegalArgumentException(
          "a picture of " + picture.length + " bytes needs more than 65,535 chunks");
    }
    List<Chunk> chunks = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      int offset = index * chunkBytes;
      int length = Math.min(chunkBytes, picture.length - offset);
      int flags = index == count - 1 ? ChunkHeader.FLAG_LAST : 0;
      ChunkHeader header =
          new ChunkHeader(
              flags, stream, nextSequence++, frameNumber, index, count, captureMicros, offset, 0);
      chunks.add(Chunk.cut(header, picture, length));
    }
    nextFrame = frameNumber + 1;
    return new ChunkedFrame(chunks);
  }

  /** Uses up the numbers of a frame that is left out on purpose. */
  public void skip(int pictureBytes) {
    nextSequence += chunkCount(pictureBytes);
    nextFrame++;
  }

  /** Uses up a number for each of so many frames that were never made. */
  public void leaveOut(long frames) {
    nextSequence += frames;
    nextFrame += frames;
  }

  private int chunkCount(int pictureBytes) {
    return Math.max(1, (pictureBytes + chunkBytes - 1) / chunkBytes);
  }

  /** Sequence number of the chunk that comes next. */
  public long nextSequence() {
    return nextSequence;
  }

  /** Number of the frame that comes next. */
  public long nextFrame() {
    return nextFrame;
  }
}
