package io.imagebus.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {

  private final VariantLadder ladder = new VariantLadder(VariantLadder.DEFAULT_WIDTHS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source",
        "640x360",
        "640x",
        "x360",
        "640x360-q75",
        "640x360-b40000-webp",
        "full-q50",
        "full-png",
        "65535x65535-b999999999-jpeg"
      })
  void parse_ofALabel_writesTheSameLabel(String label) {
    assertThat(Variant.parse(label).label()).isEqualTo(label);
    assertThat(Variant.parse(label)).isEqualTo(Variant.parse(label));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "full",
        "Source",
        "640",
        "0x360",
        "640x0360",
        "640x360-q0",
        "640x360-q101",
        "640x360-q75-b100",
        "640x360-gif",
        "640x360-jpeg-q75",
        "70000x10",
        "640x360-b9999999999"
      })
  void parse_ofAnythingElse_throws(String label) {
    assertThatThrownBy(() -> Variant.parse(label)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "600, 0, 640x",
    "640, 360, 640x360",
    "641, 360, 960x360",
    "0, 300, x360",
    "640, 480, 640x540",
    "100, 40, 160x90",
    "1920, 1080, 1920x1080",
    "1921, 0, source",
    "0, 1081, source",
    "640, 2000, source",
    "0, 0, source"
  })
  void rung_ofASize_isTheFirstThatIsAsLarge(int width, int height, String label) {
    VariantWish wish = new VariantWish(width, height, 0, 0, Optional.empty());
    assertThat(ladder.rungOf(wish).label()).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({"1, 20", "70, 75", "80, 85", "75, 75", "100, 95", "55, 60"})
  void rung_ofAQuality_isTheNearest(int quality, int rung) {
    VariantWish wish = new VariantWish(0, 0, quality, 0, Optional.empty());
    assertThat(ladder.rungOf(wish).label()).isEqualTo("full-q" + rung);
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "1499, 1000", "41000, 40000", "79999, 60000", "2147483647, 2000000000"})
  void rung_ofABudget_isNeverMore(int bytes, int rung) {
    VariantWish wish = new VariantWish(320, 0, 0, bytes, Optional.of(ImageFormat.WEBP));
    assertThat(ladder.rungOf(wish).maxBytes()).isEqualTo(rung);
  }

  @Test
  void rung_ofAnyWish_isARungAgain() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      Variant rung =
          ladder.rungOf(
              new VariantWish(
                  random.nextInt(3000),
                  random.nextInt(2000),
                  random.nextInt(101),
                  0,
                  Optional.empty()));
      assertThat(Variant.parse(rung.label())).isEqualTo(rung);
      assertThat(
              ladder.rungOf(
                  new VariantWish(
                      rung.maxWidth(), rung.maxHeight(), rung.quality(), 0, Optional.empty())))
          .isEqualTo(rung);
    }
  }

  @Test
  void wish_ofNonsense_throws() {
    assertThatThrownBy(() -> new VariantWish(-1, 0, 0, 0, Optional.empty()))
        .hasMessageContaining("width is -1");
    assertThatThrownBy(() -> new VariantWish(0, 0, 101, 0, Optional.empty()))
        .hasMessageContaining("quality is 101");
    assertThatThrownBy(() -> new VariantWish(0, 0, 50, 1000, Optional.empty()))
        .hasMessageContaining("quality or bytes");
    assertThatThrownBy(() -> new VariantWish(0, 0, 0, 9, Optional.of(ImageFormat.PNG)))
        .hasMessageContaining("bytes");
  }

  @Test
  void below_goesDownRungByRung_andKeepsTheRest() {
    Variant tile = Variant.parse("960x540-q60-webp");
    assertThat(ladder.stepsBelow(tile)).isEqualTo(3);
    assertThat(ladder.below(tile, 0)).isEqualTo(tile);
    assertThat(ladder.below(tile, 1).label()).isEqualTo("640x360-q60-webp");
    assertThat(ladder.below(tile, 9).label()).isEqualTo("160x90-q60-webp");
    assertThat(ladder.below(Variant.SOURCE, 1).label()).isEqualTo("1920x");
    assertThat(ladder.below(Variant.SOURCE, 3).label()).isEqualTo("960x");
    assertThat(ladder.below(Variant.parse("x360"), 1).label()).isEqualTo("x180");
    assertThat(ladder.below(Variant.parse("160x90"), 1).label()).isEqualTo("160x90");
  }

  @Test
  void scale_isNeverAboveOne() {
    assertThat(Variant.parse("640x360").scaleOf(1920, 1080)).isEqualTo(1.0 / 3);
    assertThat(Variant.parse("640x360").scaleOf(768, 576)).isEqualTo(0.625);
    assertThat(Variant.parse("640x360").scaleOf(320, 200)).isEqualTo(1);
    assertThat(Variant.parse("x90").scaleOf(160, 900)).isEqualTo(0.1);
    assertThat(Variant.parse("full-q50").scaleOf(9000, 9000)).isEqualTo(1);
  }

  @Test
  void ladder_thatDoesNotAscend_throws() {
    assertThatThrownBy(() -> new VariantLadder(List.of(320, 320)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VariantLadder(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
