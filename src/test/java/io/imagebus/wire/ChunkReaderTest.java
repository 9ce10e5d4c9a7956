package io.imagebus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.StreamId;
import io.imagebus.wire.ChunkReader.CorruptPayload;
import io.imagebus.wire.ChunkReader.Good;
import io.imagebus.wire.ChunkReader.Read;
import io.imagebus.wire.ChunkReader.Unattributable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChunkReaderTest {

  private final byte[] good = chunk(100);

  @Test
  void read_tooShort_saysHowManyBytesAChunkHas() {
    for (int length = 0; length < ChunkHeader.BYTES; length++) {
      assertThat(why(Arrays.copyOf(good, length)))
          .isEqualTo("a chunk has at least 52 bytes, this one " + length);
    }
  }

  @Test
  void read_otherVersion_namesBoth() {
    good[0] = 2;
    assertThat(why(good)).isEqualTo("chunk version 2 is not known; this node speaks version 1");
    good[0] = (byte) 0xFF;
    assertThat(why(good)).isEqualTo("chunk version 255 is not known; this node speaks version 1");
  }

  @Test
  void read_anyBitOfTheHeaderFlipped_isUnattributable() {
    for (int bit = 0; bit < ChunkHeader.BYTES * 8; bit++) {
      byte[] flipped = flip(good, bit);
      assertThat(ChunkReader.read(flipped)).as("bit %d", bit).isInstanceOf(Unattributable.class);
    }
  }

  @Test
  void read_headerChecksumWrong_saysSo() {
    assertThat(why(flip(good, 12 * 8)))
        .isEqualTo("the header's checksum (CRC32C of bytes 0-47) does not hold");
  }

  @Test
  void read_anyBitOfThePayloadFlipped_isCorruptAndKnown() {
    for (int bit = ChunkHeader.BYTES * 8; bit < good.length * 8; bit++) {
      Read read = ChunkReader.read(flip(good, bit));
      assertThat(read).as("bit %d", bit).isInstanceOf(CorruptPayload.class);
      assertThat(((CorruptPayload) read).header().sequence()).isEqualTo(7);
    }
  }

  @Test
  void read_payloadCutShort_isCorruptAndKnown() {
    Read read = ChunkReader.read(Arrays.copyOf(good, good.length - 1));
    assertThat(read).isInstanceOf(CorruptPayload.class);
  }

  @Test
  void read_headerLengthBeyondTheMessage_isUnattributable() {
    for (int length : new int[] {0, 51, good.length + 1, 0xFFFF}) {
      assertThat(why(sealed(good, length)))
          .isEqualTo("header length " + length + " in a message of " + good.length + " bytes");
    }
  }

  @Test
  void read_longerHeaderOfALaterWriter_skipsWhatItDoesNotKnow() {
    byte[] longer = new byte[good.length + 8];
    System.arraycopy(good, 0, longer, 0, ChunkHeader.BYTES);
    System.arraycopy(good, ChunkHeader.BYTES, longer, ChunkHeader.BYTES + 8, 100);

    Good read = (Good) ChunkReader.read(sealed(longer, ChunkHeader.BYTES + 8));
    assertThat(read.chunk().payloadStart()).isEqualTo(60);
    assertThat(read.chunk().payloadLength()).isEqualTo(100);
  }

  @Test
  void read_randomBytes_neverThrows() {
    long seed = 20260101;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 20_000; run++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length >= ChunkHeader.BYTES && random.nextBoolean()) {
        bytes[0] = ChunkHeader.VERSION;
        bytes = sealed(bytes, random.nextInt(0x10000));
      }
      assertThat(ChunkReader.read(bytes)).as("seed %d, run %d", seed, run).isNotNull();
    }
  }

  private static String why(byte[] bytes) {
    return ((Unattributable) ChunkReader.read(bytes)).why();
  }

  private static byte[] chunk(int payloadBytes) {
    byte[] picture = new byte[payloadBytes];
    new SplittableRandom(1).nextBytes(picture);
    ChunkHeader header = new ChunkHeader(1, new StreamId(5), 7, 3, 0, 1, 1_000_000, 0, 0);
    return Chunk.cut(header, picture, payloadBytes).bytes();
  }

  /** A copy with this header length and a checksum that holds. */
  private static byte[] sealed(byte[] bytes, int headerLength) {
    byte[] copy = bytes.clone();
    ByteBuffer.wrap(copy).putShort(2, (short) headerLength);
    ByteBuffer.wrap(copy).putInt(48, Crc32c.of(copy, 0, 48));
    return copy;
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return copy;
  }
}
