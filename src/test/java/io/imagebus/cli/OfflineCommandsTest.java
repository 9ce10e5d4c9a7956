package io.imagebus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that need no node, or find none. */
class OfflineCommandsTest {

  @TempDir private Path directory;

  @Test
  void version_printsFourVersions() {
    Executed executed = Executed.of("version");

    assertThat(executed.exitCode()).isZero();
    assertThat(executed.out().lines()).hasSize(4);
    assertThat(executed.out())
        .contains("imagebus ", "Java ", "Vert.x 5.", "Hazelcast 5.")
        .doesNotContain("unknown");
  }

  @Test
  void checkConfig_goodFile_printsWhatIsInEffect() throws IOException {
    Path file = Files.writeString(directory.resolve("a.yaml"), "frames:\n  max-bytes: 8MiB\n");

    Executed executed = Executed.of("check-config", file.toString());

    assertThat(executed.exitCode()).isZero();
    assertThat(executed.out()).contains("max-bytes: 8MiB  # default 16MiB", "# buffers: ");
  }

  @Test
  void checkConfig_badFile_exitCode2WithEveryProblem() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("a.yaml"), "frames:\n  max-byts: 8MiB\n  chunk-bytes: 1\n");

    Executed executed = Executed.of("check-config", file.toString());

    assertThat(executed.exitCode()).isEqualTo(2);
    assertThat(executed.err()).contains("2 problems", "max-byts", "chunk-bytes");
    assertThat(executed.out()).isEmpty();
  }

  @Test
  void checkConfig_sample_isAFileThatItAccepts() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("a.yaml"), Executed.of("check-config", "--sample").out());

    assertThat(Executed.of("check-config", file.toString()).exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics",
        "reliability",
        "reliability --watch",
        "snapshot --topic a",
        "subscribe --topic a",
        "publish --topic a -"
      })
  void nobodyListens_exitCode1_namesTheUrlAndWhatToDo(String line) {
    Executed executed = Executed.of((line + " --server http://127.0.0.1:1").split(" "));

    assertThat(executed.exitCode()).isEqualTo(1);
    assertThat(executed.err())
        .contains("cannot connect to http://127.0.0.1:1: ", "imagebus node", "--server")
        .doesNotContain("\tat ");
    assertThat(executed.err().lines()).hasSize(1);
    assertThat(executed.out()).isEmpty();
  }
}
