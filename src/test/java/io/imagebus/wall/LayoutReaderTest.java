package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutReaderTest {

  @Test
  void document_withTopicsAlone_isPlacedRowByRow() {
    Layout layout =
        Layouts.read(
            "{\"columns\":2,\"tiles\":[{\"topic\":\"a\"},{\"topic\":\"b\",\"width\":2},"
                + "{\"topic\":\"c\",\"column\":2,\"row\":1},{\"topic\":\"d\"}]}");
    assertThat(layout.dwellSeconds()).isEqualTo(10);
    assertThat(layout.tiles().stream().map(Tile::cell))
        .containsExactly(
            new Cell(1, 1, 1, 1), new Cell(1, 2, 2, 1), new Cell(2, 1, 1, 1), new Cell(1, 3, 1, 1));
  }

  @Test
  void document_writtenAndReadAgain_isTheSame() {
    Layout layout =
        Layouts.read(
            "{\"title\":\"Hall 2\",\"columns\":20,\"dwellSeconds\":0,\"tiles\":["
                + "{\"topic\":\"site/+/gate\",\"title\":\"Gates\",\"column\":20,\"row\":100},"
                + "{\"topic\":\"#\",\"width\":19,\"height\":99}]}");
    JsonObject json = LayoutJson.write(layout);
    assertThat(LayoutReader.read(new JsonObject(json.encode()))).isEqualTo(layout);
  }

  @Test
  void layout_ofHundredTiles_isTaken() {
    JsonArray tiles = new JsonArray();
    for (int i = 0; i < 100; i++) {
      tiles.add(new JsonObject().put("topic", "camera/" + i));
    }
    Layout layout = LayoutReader.read(new JsonObject().put("columns", 10).put("tiles", tiles));
    assertThat(layout.tiles()).hasSize(100);
    assertThat(layout.tiles().get(99).cell()).isEqualTo(new Cell(10, 10, 1, 1));
    tiles.add(new JsonObject().put("topic", "one/more"));
    assertThatExceptionOfType(BadField.class)
        .isThrownBy(() -> LayoutReader.read(new JsonObject().put("tiles", tiles)))
        .satisfies(bad -> assertThat(bad.field()).isEqualTo("tiles"))
        .withMessageContaining("1 to 100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{}                                                              | tiles           | list of 1 to 100",
        "{'tiles':[]}                                                    | tiles           | list of 1 to 100",
        "{'tiles':[7]}                                                   | tiles[0]        | object",
        "{'tiles':[{'topic':'a'}],'colour':'red'}                        | colour          | unknown; use columns",
        "{'tiles':[{'topic':'a','colour':'red'}]}                        | tiles[0].colour | unknown; use column",
        "{'tiles':[{}]}                                                  | tiles[0].topic  | empty; write for example",
        "{'tiles':[{'topic':5}]}                                         | tiles[0].topic  | text",
        "{'tiles':[{'topic':'a'},{'topic':'a//b'}]}                      | tiles[1].topic  | empty level",
        "{'tiles':[{'topic':'a+'}]}                                      | tiles[0].topic  | whole level",
        "{'columns':0,'tiles':[{'topic':'a'}]}                           | columns         | from 1 to 20",
        "{'columns':2.5,'tiles':[{'topic':'a'}]}                         | columns         | whole number",
        "{'columns':'2','tiles':[{'topic':'a'}]}                         | columns         | whole number",
        "{'dwellSeconds':3601,'tiles':[{'topic':'a'}]}                   | dwellSeconds    | from 0 to 3600",
        "{'title':7,'tiles':[{'topic':'a'}]}                             | title           | text of at most 100",
        "{'columns':2,'tiles':[{'topic':'a','width':3}]}                 | tiles[0].width  | from 1 to 2",
        "{'columns':2,'tiles':[{'topic':'a','width':2,'column':2,'row':1}]} | tiles[0].column | from 1 to 1",
        "{'tiles':[{'topic':'a','column':2}]}                            | tiles[0].row    | from 1 to 100",
        "{'tiles':[{'topic':'a','column':1,'row':100,'height':2}]}       | tiles[0].row    | from 1 to 99",
        "{'tiles':[{'topic':'a','column':1,'row':1,'width':2},{'topic':'b','column':2,'row':1}]} | tiles[1].column | over tiles[0]",
        "{'columns':1,'tiles':[{'topic':'a','height':100},{'topic':'b'}]} | tiles[1].height | no room",
      })
  void badDocument_isRefused_withItsField(String json, String field, String words) {
    assertThatExceptionOfType(BadField.class)
        .isThrownBy(() -> Layouts.read(json.replace('\'', '"')))
        .satisfies(bad -> assertThat(bad.field()).isEqualTo(field))
        .withMessageStartingWith(field + " ")
        .withMessageContaining(words);
  }

  @Test
  void names_ofWalls_areThoseOfFilesAndAddresses() {
    for (String good : List.of("a", "hall-2", "control_room.left", "0", "x".repeat(64))) {
      assertThat(new WallName(good).text()).isEqualTo(good);
    }
    for (String bad : List.of("", ".", "..", "-a", "a-", "Hall", "a/b", "ä", "x".repeat(65))) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> new WallName(bad))
          .withMessageContaining("such as control-room");
    }
  }
}
