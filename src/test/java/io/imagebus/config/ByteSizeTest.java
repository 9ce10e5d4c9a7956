package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteSizeTest {

  @Test
  void parse_withAndWithoutUnit_givesBytes() {
    assertThat(ByteSize.parse("0")).hasValue(0);
    assertThat(ByteSize.parse("131072")).hasValue(131_072);
    assertThat(ByteSize.parse("128KiB")).hasValue(131_072);
    assertThat(ByteSize.parse("4MiB")).hasValue(4_194_304);
    assertThat(ByteSize.parse("2GiB")).hasValue(2_147_483_648L);
  }

  @Test
  void parse_withAnythingElse_isEmpty() {
    for (String text : new String[] {"", "-1", "1.5MiB", "4MB", "4 MiB", "MiB", "1_000", "0x10"}) {
      assertThat(ByteSize.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void parse_withMoreThan63Bits_isEmpty() {
    assertThat(ByteSize.parse("999999999999999999GiB")).isEmpty();
    assertThat(ByteSize.parse("99999999999999999999")).isEmpty();
    assertThat(ByteSize.parse("8589934591GiB")).hasValue(8_589_934_591L << 30);
  }

  @Test
  void format_always_takesTheLargestWholeUnit() {
    assertThat(ByteSize.format(0)).isEqualTo("0");
    assertThat(ByteSize.format(1_023)).isEqualTo("1023");
    assertThat(ByteSize.format(1_536)).isEqualTo("1536");
    assertThat(ByteSize.format(131_072)).isEqualTo("128KiB");
    assertThat(ByteSize.format(3L << 30)).isEqualTo("3GiB");
  }
}
