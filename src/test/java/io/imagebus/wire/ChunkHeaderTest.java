package io.imagebus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChunkHeaderTest {

  /** The example, field by field; the two checksums were computed apart, bit by bit. */
  private static final String EXAMPLE =
      "01" // version
          + "01" // flags: last
          + "0034" // header length
          + "0123456789abcdef" // stream
          + "8000000000000001" // sequence
          + "0000000000000203" // frame number
          + "0002" // index
          + "ffff" // count
          + "000647c31c8d3a40" // capture time
          + "00000003" // offset
          + "364b3fb7" // CRC32C of "abc"
          + "0782f268" // CRC32C of bytes 0-47
          + "616263";

  private static final ChunkHeader HEADER =
      new ChunkHeader(
          ChunkHeader.FLAG_LAST,
          new StreamId(0x0123456789abcdefL),
          0x8000000000000001L,
          0x203,
          2,
          0xFFFF,
          0x000647c31c8d3a40L,
          3,
          0);

  @Test
  void cut_knownChunk_isTheExampleByteByByte() {
    Chunk chunk = Chunk.cut(HEADER, "xxxabcyyy".getBytes(StandardCharsets.US_ASCII), 3);

    assertThat(HexFormat.of().formatHex(chunk.bytes())).isEqualTo(EXAMPLE);
    assertThat(chunk.payloadLength()).isEqualTo(3);
    assertThat(chunk.wireLength()).isEqualTo(ChunkHeader.BYTES + 3);
  }

  @Test
  void read_theExample_givesTheHeaderBack() {
    byte[] bytes = HexFormat.of().parseHex(EXAMPLE);

    ChunkReader.Good good = (ChunkReader.Good) ChunkReader.read(bytes);
    assertThat(good.chunk().header())
        .isEqualTo(
            new ChunkHeader(
                HEADER.flags(),
                HEADER.stream(),
                HEADER.sequence(),
                HEADER.frameNumber(),
                HEADER.index(),
                HEADER.count(),
                HEADER.captureMicros(),
                HEADER.offset(),
                0x364b3fb7));
    assertThat(good.chunk().header().isLast()).isTrue();
    assertThat(good.chunk().payloadStart()).isEqualTo(52);
  }
}
