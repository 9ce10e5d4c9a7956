package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenReportTest {

  @Test
  void report_isKept_asFarAsItIsKnown() {
    ScreenReport report =
        ScreenReport.of(
            new JsonObject(
                """
                {"type":"screen","wall":"lobby","screen":"left","etag":"17-ab","via":"mjpeg",
                 "view":{"width":3840,"height":2160,"ratio":1.5},
                 "tiles":[{"topic":"a","state":"LIVE","fps":9.8,"ageMillis":120.4,"lost":0},
                          {"state":"CONNECTING"}]}
                """));
    assertThat(report.wall()).isEqualTo(new WallName("lobby"));
    assertThat(report.screen()).isEqualTo("left");
    assertThat(report.live()).isEqualTo(1);
    assertThat(report.tiles()).isEqualTo(2);
    assertThat(report.body())
        .isEqualTo(
            new JsonObject(
                """
                {"etag":"17-ab","via":"mjpeg","view":{"width":3840,"height":2160,"ratio":1.5},
                 "tiles":[{"topic":"a","state":"LIVE","fps":9.8,"ageMillis":120,"lost":0},
                          {"state":"CONNECTING"}]}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'screen':'a','tiles':[]}                                     | wall is wrong",
        "{'wall':'A','screen':'a','tiles':[]}                          | wall is wrong",
        "{'wall':'a','tiles':[]}                                       | screen is",
        "{'wall':'a','screen':' ','tiles':[]}                          | screen is",
        "{'wall':'a','screen':'b'}                                     | tiles is a list",
        "{'wall':'a','screen':'b','tiles':[{}]}                        | tiles[0].state is one of",
        "{'wall':'a','screen':'b','tiles':[{'state':'LIVE','fps':-1}]} | tiles[0].fps is a number",
        "{'wall':'a','screen':'b','tiles':[],'via':'pigeon'}           | via is one of",
        "{'wall':'a','screen':'b','tiles':[],'view':{'width':0}}       | view.width is",
        "{'wall':'a','screen':'b','tiles':[],'mood':'good'}            | mood is unknown",
      })
  void badReport_isRefused_withItsField(String json, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScreenReport.of(new JsonObject(json.replace('\'', '"'))))
        .withMessageContaining(words);
  }
}
