package io.imagebus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

  private final TextTable table = new TextTable("TOPIC", "FPS", "STATE");

  @Test
  void lines_textAndNumbers_areSetLeftAndRight() {
    table.row("site/gate", 9.5, "live");
    table.row("a", 120, "stale");

    assertThat(table.lines())
        .containsExactly("TOPIC      FPS  STATE", "site/gate  9.5  live", "a          120  stale");
  }

  @Test
  void lines_again_headingComesWhenAColumnGrew() {
    table.row("a", 1, "live");
    assertThat(table.lines()).hasSize(2);
    table.row("b", 2, "live");
    assertThat(table.lines()).hasSize(1);
    table.row("a-longer-name", 2, "live");
    assertThat(table.lines()).hasSize(2);
  }
}
