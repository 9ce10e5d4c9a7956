package io.imagebus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.chunk.Chunker;
import io.imagebus.client.ReceivedFrame;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramePathTest {

  @ParameterizedTest
  @CsvSource({
    "site/gate, image/jpeg, out/site/gate/000000-17.jpg",
    "site/gate, image/png, out/site/gate/000000-17.png",
    "site/gate, image/avif, out/site/gate/000000-17.bin",
    "../../etc/x, image/jpeg, out/%2E%2E/%2E%2E/etc/x/000000-17.jpg",
    "./a, image/jpeg, out/%2E/a/000000-17.jpg",
    "..a/b:c\\d, image/jpeg, out/..a/b%3Ac%5Cd/000000-17.jpg"
  })
  void of_topic_staysInTheDirectory(String topic, String contentType, String path) {
    ReceivedFrame received =
        new ReceivedFrame(
            new Topic(topic),
            contentType,
            new Chunker(new StreamId(1), 100).cut(new byte[1], 17),
            0,
            0);

    assertThat(FramePath.of(Path.of("out"), received)).isEqualTo(Path.of(path));
  }
}
