package io.imagebus.cli;

import io.imagebus.frame.Topic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fetches the newest picture of a topic. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description = "Fetch the newest picture of a topic, once, from any node.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus snapshot --topic site/gate",
      "  imagebus snapshot --topic site/gate -o gate.jpg --server http://10.0.0.5:8080",
      "  imagebus snapshot --topic site/gate -o - | file -"
    })
final class SnapshotCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private VerboseOption verbose;

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "TOPIC",
      description = "The topic, for example site/hall-2/gate.")
  private Topic topic;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "Where the picture goes; - is standard output. Default: a file in this directory, named"
              + " after the topic with - for /.")
  private String out;

  @Override
  public Integer call() throws InterruptedException {
    verbose.configureLog();
    EventLoop.run(vertx -> () -> fetch(vertx));
    return ExitCode.OK;
  }

  private Future<Void> fetch(Vertx vertx) {
    String path = "/api/v1/topics/" + TopicPath.of(topic) + "/snapshot.jpg";
    return new NodeApi(vertx, server.urls())
        .get(path)
        .compose(answer -> vertx.executeBlocking(() -> store(answer)));
  }

  private Void store(NodeApi.Answer answer) {
    String target = out == null ? topic.name().replace('/', '-') + ".jpg" : out;
    try {
      write(target, answer.body());
    } catch (IOException e) {
      throw new CommandFailedException(
          "cannot write " + target + " (" + e.getMessage() + "); name another file with -o", e);
    }
    String state = answer.headers().get("X-Imagebus-State");
    String age = answer.headers().get("Age");
    spec.commandLine()
        .getErr()
        .println(
            "%s: %,d bytes%s%s -> %s"
                .formatted(
                    topic,
                    answer.body().length(),
                    state == null ? "" : ", " + state,
                    age == null ? "" : ", " + age + " s old",
                    target));
    spec.commandLine().getErr().flush();
    return null;
  }

  private static void write(String target, Buffer picture) throws IOException {
    if (target.equals("-")) {
      try (FileOutputStream stdout = new FileOutputStream(FileDescriptor.out)) {
        stdout.write(picture.getBytes());
      }
    } else {
      Files.write(Path.of(target), picture.getBytes());
    }
  }
}
