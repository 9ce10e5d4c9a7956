package io.imagebus.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {

  private final Chunker skipping = new Chunker(new StreamId(1), 100);
  private final Chunker cutting = new Chunker(new StreamId(1), 100);

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 101, 250})
  void skip_anyLength_usesUpTheSameNumbersAsCut(int pictureBytes) {
    skipping.skip(pictureBytes);
    int chunks = cutting.cut(new byte[pictureBytes], 0).chunks().size();

    assertThat(skipping.nextSequence()).isEqualTo(cutting.nextSequence()).isEqualTo(chunks);
    assertThat(skipping.nextFrame()).isEqualTo(1);
  }

  @Test
  void cut_afterSkip_goesOnWithTheNextNumbers() {
    skipping.skip(250);
    ChunkedFrame frame = skipping.cut(new byte[1], 0);

    assertThat(frame.number()).isEqualTo(1);
    assertThat(frame.firstSequence()).isEqualTo(3);
  }
}
