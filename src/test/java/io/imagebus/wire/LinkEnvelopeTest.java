package io.imagebus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.wire.LinkEnvelope.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkEnvelopeTest {

  private static final byte[] BODY = "{\"beat\":4}".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @EnumSource(Kind.class)
  void decode_whatWasEncoded_givesItBack(Kind kind) {
    LinkEnvelope sent = envelope(kind);
    assertThat(LinkEnvelope.decode(sent.encode(BODY), BODY)).contains(sent);
    assertThat(LinkEnvelope.decode(sent.encode(new byte[0]), new byte[0])).contains(sent);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void decode_anyBitOfTheHeaderFlipped_isEmpty(Kind kind) {
    for (byte[] body : new byte[][] {BODY, {}}) {
      byte[] header = envelope(kind).encode(body);
      for (int bit = 0; bit < header.length * 8; bit++) {
        byte[] flipped = header.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(LinkEnvelope.decode(flipped, body)).as("%s, bit %d", kind, bit).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "CHUNK")
  void decode_anyBitOfTheBodyFlipped_isEmpty(Kind kind) {
    byte[] header = envelope(kind).encode(BODY);
    for (int bit = 0; bit < BODY.length * 8; bit++) {
      byte[] flipped = BODY.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(LinkEnvelope.decode(header, flipped)).as("%s, bit %d", kind, bit).isEmpty();
    }
    assertThat(LinkEnvelope.decode(header, new byte[0])).isEmpty();
  }

  @Test
  void decode_damagedChunkInTheBody_keepsTheHeader() {
    LinkEnvelope sent = envelope(Kind.CHUNK);
    assertThat(LinkEnvelope.decode(sent.encode(BODY), new byte[] {1})).contains(sent);
  }

  @Test
  void decode_anyOtherLength_isEmpty() {
    byte[] header = envelope(Kind.ACK).encode(BODY);
    for (int length : new int[] {0, 1, 63, 65, 1000}) {
      assertThat(LinkEnvelope.decode(Arrays.copyOf(header, length), BODY)).isEmpty();
    }
  }

  private static LinkEnvelope envelope(Kind kind) {
    return new LinkEnvelope(kind, new UUID(1, -2), -3, 4, -5, 6, Long.MIN_VALUE);
  }
}
