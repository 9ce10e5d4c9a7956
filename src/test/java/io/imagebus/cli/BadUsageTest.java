package io.imagebus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadUsageTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "publish x.jpg | Missing required option: '--topic=TOPIC'",
        "publish --topic a/+ x.jpg | + and # are for subscriptions only",
        "publish --topic a --fps abc x.jpg | 'abc' is not a number of pictures a second from 0",
        "publish --topic a --fps -1 x.jpg | '-1' is not a number of pictures a second from 0",
        "publish --topic a --fps NaN x.jpg | 'NaN' is not a number of pictures a second from 0",
        "publish --topic a --count 0 x.jpg | '0' is not a whole number from 1",
        "publish --topic a nowhere.jpg | no such file or directory: nowhere.jpg",
        "publish --topic a --loop - | --loop needs a file or a directory",
        "publish --topic a --server ftp://x x.jpg | write http://HOST:PORT",
        "subscribe --topic a/#/b | # stands alone as the last level",
        "subscribe --topic a --duration soon | 'soon' is not a number of seconds from 0.1",
        "subscribe --topic a --quality 101 | --quality is 101; it is a number up to 100",
        "snapshot --topic a//b | has an empty level",
        "reliability --hop link | it is one of publisher-ingest, node-node, delivery-display",
        "reliability --window 2m | it is one of 1m, 15m, start",
        "reliability --gaps 33 | it is 1 to 32",
        "reliability --count 3 | --count needs --watch",
        "reliability --topic a/#/b | # stands alone as the last level",
        "topics --jsno | Unknown option: '--jsno'",
        "pubish | Unmatched argument at index 0: 'pubish'"
      })
  void badArgument_exitCode2_saysWhatIsAllowed(String line, String message) {
    Executed executed = Executed.of(line.split(" "));

    assertThat(executed.exitCode()).isEqualTo(2);
    assertThat(executed.err()).contains(message).contains("--help").doesNotContain("Exception");
    assertThat(executed.out()).isEmpty();
  }

  @Test
  void noCommand_exitCode2_namesTheCommands() {
    Executed executed = Executed.of();

    assertThat(executed.exitCode()).isEqualTo(2);
    assertThat(executed.err()).contains("a command is needed", "publish", "subscribe", "version");
  }

  @Test
  void publish_directoryWithoutPictures_exitCode2() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "no picture");

    Executed executed = Executed.of("publish", "--topic", "a", directory.toString());

    assertThat(executed.exitCode()).isEqualTo(2);
    assertThat(executed.err()).contains("holds no pictures (.jpg, .jpeg, .png, .webp and .mjpeg)");
  }

  @Test
  void publish_fileOfAnotherKind_exitCode2() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.txt"), "no picture");

    Executed executed = Executed.of("publish", "--topic", "a", file.toString());

    assertThat(executed.exitCode()).isEqualTo(2);
    assertThat(executed.err()).contains("is none of .jpg");
  }

  @Test
  void subscribe_outIsAFile_exitCode2() throws IOException {
    Path file = Files.writeString(directory.resolve("frames"), "");

    Executed executed = Executed.of("subscribe", "--topic", "a", "--out", file.toString());

    assertThat(executed.exitCode()).isEqualTo(2);
    assertThat(executed.err()).contains("is not a directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publish",
        "subscribe",
        "snapshot",
        "topics",
        "reliability",
        "check-config",
        "version"
      })
  void help_everyCommand_hasDescriptionAndExamples(String command) {
    Executed executed = Executed.of(command, "--help");

    assertThat(executed.exitCode()).isZero();
    assertThat(executed.out()).contains("Usage: imagebus " + command, "Examples:");
    assertThat(executed.err()).isEmpty();
  }
}
