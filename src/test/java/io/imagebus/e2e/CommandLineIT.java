package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user runs them: processes of their own, one node between them. */
class CommandLineIT {

  private static final int PICTURES = 12;
  private static final Duration COMMAND = Duration.ofSeconds(40);

  @TempDir private Path directory;

  private TestCluster cluster;
  private NodeProcess node;
  private Footage footage;

  @BeforeEach
  void start() throws Exception {
    footage = new Footage(0);
    cluster = new TestCluster();
    node = cluster.start(1).get(0);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Program command(String... arguments) throws IOException {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--server", node.url()))
            .toArray(String[]::new);
    return Program.start(all);
  }

  private Path input() throws IOException {
    Path input = Files.createDirectory(directory.resolve("in"));
    for (int number = 0; number < PICTURES; number++) {
      Files.write(input.resolve("%03d.jpg".formatted(number)), footage.picture(number));
    }
    return input;
  }

  private static List<byte[]> stored(Path topicDirectory) throws IOException {
    try (Stream<Path> files = Files.list(topicDirectory)) {
      return files.sorted().map(CommandLineIT::bytes).toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void publishedPictures_throughTheNode_areStoredAsTheyWere_andListed() throws Exception {
    Path out = directory.resolve("out");
    try (Program subscribe =
            command(
                "subscribe",
                "--topic",
                "site/#",
                "--out",
                out.toString(),
                "--count",
                "" + PICTURES);
        Program publish =
            publishOnceHeard(
                subscribe, "--topic", "site/gate", "--fps", "10", input().toString())) {
      assertThat(publish.awaitExit(COMMAND)).as("%s", publish.err()).isZero();
      assertThat(publish.err().toString()).contains(PICTURES + " accepted", "0 dropped");
      assertThat(subscribe.awaitExit(COMMAND)).as("%s", subscribe.err()).isZero();
    }
    List<byte[]> stored = stored(out.resolve("site").resolve("gate"));
    assertThat(stored).hasSize(PICTURES);
    for (int number = 0; number < PICTURES; number++) {
      assertThat(stored.get(number)).isEqualTo(footage.picture(number));
    }

    try (Program topics = command("topics")) {
      assertThat(topics.awaitExit(COMMAND)).as("%s", topics.err()).isZero();
      assertThat(topics.out().toString()).contains("site/gate", "offline", "image/jpeg");
    }
    Path picture = directory.resolve("last.jpg");
    try (Program snapshot = command("snapshot", "--topic", "site/gate", "-o", picture.toString())) {
      assertThat(snapshot.awaitExit(COMMAND)).as("%s", snapshot.err()).isZero();
      assertThat(picture).hasBinaryContent(footage.picture(PICTURES - 1));
    }
  }

  @Test
  void subscription_withAWidth_getsPicturesOfThatWidth() throws Exception {
    Path out = directory.resolve("small");
    try (Program publish =
            command(
                "publish", "--topic", "site/wide", "--fps", "10", "--loop", input().toString());
        Program subscribe =
            command(
                "subscribe",
                "--topic",
                "site/wide",
                "--width",
                "160",
                "--out",
                out.toString(),
                "--count",
                "3")) {
      assertThat(subscribe.awaitExit(COMMAND)).as("%s", subscribe.err()).isZero();
      assertThat(publish.isAlive()).isTrue();
    }
    for (byte[] picture : stored(out.resolve("site").resolve("wide"))) {
      assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(160);
    }
  }

  /** The node knows of its display before the first picture is published. */
  private Program publishOnceHeard(Program subscribe, String... arguments) throws IOException {
    subscribe.err().awaitLine("waiting for a topic", COMMAND, subscribe::isAlive);
    return command(
        Stream.concat(Stream.of("publish"), Stream.of(arguments)).toArray(String[]::new));
  }

  @Test
  void node_onAPortInUse_saysWhichAndWhatToDo() throws Exception {
    int port = node.server().port();
    try (Program second = Program.start("node", "--port", Integer.toString(port))) {
      assertThat(second.awaitExit(COMMAND)).isEqualTo(1);
      assertThat(second.err().toString())
          .contains("cannot listen on 127.0.0.1:" + port, "choose another port with --port");
      assertThat(second.out().toString()).isEmpty();
    }
    assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void node_withABadConfiguration_saysWhatIsWrong() throws Exception {
    Path file = Files.writeString(directory.resolve("bad.yaml"), "http:\n  prot: 80\n");
    try (Program refused = Program.start("node", "--config", file.toString())) {
      assertThat(refused.awaitExit(COMMAND)).isEqualTo(2);
      assertThat(refused.err().toString()).contains("bad.yaml", "prot", "port");
      assertThat(refused.err().complaints()).isEmpty();
    }
  }

  @Test
  void commands_withoutANode_sayWhereTheyLooked() throws Exception {
    node.program().kill();
    try (Program topics = command("topics")) {
      assertThat(topics.awaitExit(COMMAND)).isEqualTo(1);
      await().untilAsserted(() -> assertThat(topics.err().toString()).contains(node.url()));
    }
  }
}
