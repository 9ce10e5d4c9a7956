package io.imagebus.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.chunk.FrameAssembler.Complete;
import io.imagebus.chunk.FrameAssembler.Invalid;
import io.imagebus.chunk.FrameAssembler.Outcome;
import io.imagebus.chunk.FrameAssembler.Waiting;
import io.imagebus.frame.StreamId;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAssemblerTest {

  private static final int MAX_FRAME_BYTES = 10_000;
  private static final long MAX_HELD_BYTES = 20_000;
  private static final long TIMEOUT_NANOS = 1_000;
  private static final StreamId STREAM = new StreamId(9);

  private final FrameAssembler assembler =
      new FrameAssembler(new FrameAssembler.Limits(MAX_FRAME_BYTES, MAX_HELD_BYTES, TIMEOUT_NANOS));
  private final Chunker chunker = new Chunker(STREAM, 1_000);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 5_500, 10_000})
  void add_allChunksInOrder_givesThePictureBack(int bytes) {
    byte[] picture = picture(bytes);
    ChunkedFrame frame = chunker.cut(picture, 42);

    List<Outcome> outcomes = frame.chunks().stream().map(c -> assembler.add(c, 0)).toList();

    assertThat(outcomes.subList(0, outcomes.size() - 1)).allMatch(o -> o instanceof Waiting);
    ChunkedFrame whole = ((Complete) outcomes.get(outcomes.size() - 1)).frame();
    assertThat(whole.picture().getBytes()).isEqualTo(picture);
    assertThat(whole.captureMicros()).isEqualTo(42);
    assertThat(assembler.heldBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void add_chunksOfSomeFramesMixed_framesComeInTheOrderOfTheirNumbers(long seed) {
    Random random = new Random(seed);
    List<Chunk> chunks = new ArrayList<>();
    for (int frame = 0; frame < 4; frame++) {
      chunks.addAll(chunker.cut(picture(random.nextInt(1, 4_000)), frame).chunks());
    }
    Collections.shuffle(chunks, random);
    long newest = -1;
    for (Chunk chunk : chunks) {
      if (assembler.add(chunk, 0) instanceof Complete complete) {
        assertThat(complete.frame().number()).as("seed %d", seed).isGreaterThan(newest);
        newest = complete.frame().number();
      }
    }
    assembler.tick(TIMEOUT_NANOS);
    assertThat(newest).as("the newest frame is always whole, seed %d", seed).isEqualTo(3);
    assertThat(assembler.heldBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 10, chunk count is 0; a frame has at least one chunk",
    "2, 2, 0, 10, chunk index 2 is not below the chunk count 2",
    "65535, 3, 0, 10, chunk index 65535 is not below the chunk count 3",
    "0, 2, 9991, 10, the chunk ends at byte 10001 of its frame; a frame has at most 10000 bytes (frames.max-bytes)",
    "0, 2, -1, 10, the chunk ends at byte 4294967305 of its frame; a frame has at most 10000 bytes (frames.max-bytes)",
    "0, 2, 0, 0, chunk 0 of 2 carries no payload",
  })
  void add_chunkOutOfBounds_isInvalidAndHoldsNothing(
      int index, int count, int offset, int length, String why) {
    Outcome outcome = assembler.add(chunk(0, 0, index, count, offset, length), 0);
    assertThat(outcome).isEqualTo(new Invalid(why));
    assertThat(assembler.heldBytes()).isZero();
  }

  @Test
  void add_sameChunkTwice_isInvalidAndTheFrameStillCompletes() {
    List<Chunk> chunks = chunker.cut(picture(1_500), 0).chunks();
    assembler.add(chunks.get(0), 0);
    assertThat(assembler.add(chunks.get(0), 0))
        .isEqualTo(new Invalid("chunk 0 of frame 0 came twice"));
    assertThat(assembler.add(chunks.get(1), 0)).isInstanceOf(Complete.class);
    assertThat(assembler.add(chunks.get(1), 0)).isInstanceOf(Waiting.class);
    assertThat(assembler.heldBytes()).isZero();
  }

  @Test
  void add_anotherChunkCount_isInvalid() {
    assembler.add(chunk(0, 0, 0, 3, 0, 10), 0);
    assertThat(assembler.add(chunk(1, 0, 1, 4, 10, 10), 0))
        .isEqualTo(new Invalid("frame 0 was announced with 3 chunks and now with 4"));
  }

  @Test
  void add_chunksThatOverlapOrLeaveHoles_areNoFrame() {
    for (int secondOffset : new int[] {5, 20}) {
      FrameAssembler fresh =
          new FrameAssembler(new FrameAssembler.Limits(MAX_FRAME_BYTES, MAX_HELD_BYTES, 1));
      fresh.add(chunk(0, 0, 0, 2, 0, 10), 0);
      assertThat(fresh.add(chunk(1, 0, 1, 2, secondOffset, 10), 0))
          .isEqualTo(new Invalid("the chunks of frame 0 leave holes or overlap"));
      assertThat(fresh.heldBytes()).isZero();
      assertThat(fresh.abandonedFrames()).isEqualTo(1);
    }
  }

  @Test
  void add_overlappingChunksBeyondTheLimit_areInvalid() {
    assembler.add(chunk(0, 0, 0, 3, 0, 6_000), 0);
    assertThat(assembler.add(chunk(1, 0, 1, 3, 0, 6_000), 0))
        .isEqualTo(
            new Invalid(
                "the chunks of frame 0 overlap: together they exceed 10000 bytes"
                    + " (frames.max-bytes)"));
  }

  @Test
  void add_sequenceNumbersThatAreNotConsecutive_areNoFrame() {
    assembler.add(chunk(0, 0, 0, 2, 0, 10), 0);
    assertThat(assembler.add(chunk(5, 0, 1, 2, 10, 10), 0)).isInstanceOf(Invalid.class);
  }

  @Test
  void add_chunkOfAnOlderFrameAfterACompleteOne_isNotNeeded() {
    ChunkedFrame older = chunker.cut(picture(1_500), 0);
    ChunkedFrame newer = chunker.cut(picture(500), 0);
    assembler.add(older.chunks().get(0), 0);
    assertThat(assembler.add(newer.chunks().get(0), 0)).isInstanceOf(Complete.class);
    assertThat(assembler.heldBytes()).isZero();
    assertThat(assembler.add(older.chunks().get(1), 0)).isInstanceOf(Waiting.class);
    assertThat(assembler.heldBytes()).isZero();
    assertThat(assembler.abandonedFrames()).isEqualTo(1);
  }

  @Test
  void tick_frameNeverFinished_isGivenUpAfterTheTimeout() {
    assembler.add(chunk(0, 0, 0, 2, 0, 100), 50);
    assembler.tick(50 + TIMEOUT_NANOS - 1);
    assertThat(assembler.heldBytes()).isPositive();
    assembler.tick(50 + TIMEOUT_NANOS);
    assertThat(assembler.heldBytes()).isZero();
    assertThat(assembler.abandonedFrames()).isEqualTo(1);
  }

  @Test
  void add_framesNeverFinished_neverHoldMoreThanTheBound() {
    for (int frame = 0; frame < 1_000; frame++) {
      assembler.add(chunk(frame, frame, 0, 2, 0, 900), 0);
      assertThat(assembler.heldBytes()).isLessThanOrEqualTo(MAX_HELD_BYTES);
    }
    assertThat(assembler.abandonedFrames()).isGreaterThan(900);
    assembler.tick(TIMEOUT_NANOS);
    assertThat(assembler.heldBytes()).isZero();
    assertThat(assembler.abandonedFrames()).isEqualTo(1_000);
  }

  @Test
  void add_manyHugeCountsWithTinyPayloads_neverHoldMoreThanOneFrame() {
    for (int frame = 0; frame < 1_000; frame++) {
      assembler.add(chunk(frame, frame, 0, 0xFFFF, 0, 1), 0);
      assertThat(assembler.heldBytes()).isLessThan(8 * 0x10000 + 1_000);
    }
  }

  @Test
  void add_randomChunks_neverThrowsAndKeepsTheBound() {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < 50_000; step++) {
      Chunk chunk =
          chunk(
              random.nextInt(20),
              random.nextInt(6) - 2,
              random.nextInt(5),
              random.nextInt(5),
              random.nextInt(5) * 100,
              random.nextInt(3) * 100);
      assertThat(assembler.add(chunk, step)).as("seed %d, step %d", seed, step).isNotNull();
      assertThat(assembler.heldBytes())
          .as("seed %d, step %d", seed, step)
          .isBetween(0L, MAX_HELD_BYTES);
      assembler.tick(step);
    }
    assembler.tick(Long.MAX_VALUE / 2);
    assertThat(assembler.heldBytes()).isZero();
  }

  private static Chunk chunk(
      long sequence, long frame, int index, int count, int offset, int length) {
    ChunkHeader header = new ChunkHeader(0, STREAM, sequence, frame, index, count, 1, 0, 0);
    Chunk cut = Chunk.cut(header, new byte[length], length);
    return Chunks.withOffset(cut, offset);
  }

  private static byte[] picture(int bytes) {
    byte[] picture = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(picture);
    return picture;
  }
}
