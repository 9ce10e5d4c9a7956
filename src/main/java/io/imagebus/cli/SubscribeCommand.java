package io.imagebus.cli;

import io.imagebus.frame.TopicFilter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Receives topics and tells how well they come. */
@Command(
    name = "subscribe",
    mixinStandardHelpOptions = true,
    description = {
      "Receive the topics that match, and show once a second how well they come; at the end, also"
          + " after Ctrl-C, a summary.",
      "LOST counts chunks that never came and were not announced as left out; SKIPPED counts frames"
          + " left out on purpose, by reason."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus subscribe --topic 'site/#'",
      "  imagebus subscribe --topic site/gate --out pictures --count 100",
      "  imagebus subscribe --topic 'site/#' --width 640 --quality 60",
      "  imagebus subscribe --topic 'site/+/gate' --duration 60 --json"
    })
final class SubscribeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private VerboseOption verbose;
  @Mixin private WishOptions wishes;

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "FILTER",
      description =
          "The topics: a name, with + for one level and # for all the rest, as in 'site/+/gate' or"
              + " 'site/#'. Quote it: the shell knows # too.")
  private TopicFilter filter;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description =
          "Store each frame as DIR/TOPIC/NUMBER-CAPTUREMICROS.jpg, with a directory for each level"
              + " of the topic. Shows the table only with --stats.")
  private Path out;

  @Option(
      names = "--stats",
      description =
          "Show the table each second also with --out or --json (then on standard error).")
  private boolean stats;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "End after this many frames of all topics together; with --duration, fewer are a"
              + " failure. Default: no end.")
  private Long count;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "S",
      converter = Numbers.Seconds.class,
      description = "End after this many seconds. Default: no end.")
  private Double durationSeconds;

  @Option(
      names = "--no-ack",
      description =
          "Do not acknowledge frames: the node then sends what the socket takes, and what waits in"
              + " buffers on a slow link may be old.")
  private boolean noAcknowledge;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean asJson;

  @Override
  public Integer call() throws InterruptedException {
    if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
      throw new ParameterException(
          spec.commandLine(), "--out " + out + " is not a directory; name another one");
    }
    SubscribeRun.Plan plan = plan();
    verbose.configureLog();
    StatusLine status = new StatusLine(spec.commandLine().getErr(), Terminal.isOnStandardError());
    EventLoop.run(vertx -> new SubscribeRun(vertx, plan, status, output()));
    return ExitCode.OK;
  }

  private SubscribeRun.Plan plan() {
    return new SubscribeRun.Plan(
        server.urls(),
        filter,
        wishes.wish(spec),
        !noAcknowledge,
        Optional.ofNullable(out),
        count == null ? OptionalLong.empty() : OptionalLong.of(count),
        durationSeconds == null
            ? OptionalLong.empty()
            : OptionalLong.of((long) (durationSeconds * TimeUnit.SECONDS.toMillis(1))));
  }

  private SubscribeRun.Output output() {
    PrintWriter results = spec.commandLine().getOut();
    PrintWriter table = asJson ? spec.commandLine().getErr() : results;
    boolean isTableWanted = stats || (!asJson && out == null);
    return new SubscribeRun.Output(
        rows -> {
          if (isTableWanted) {
            print(table, rows);
          }
        },
        summary ->
            print(results, asJson ? List.of(summary.toJson().encodePrettily()) : summary.lines()));
  }

  private static void print(PrintWriter writer, List<String> lines) {
    lines.forEach(writer::println);
    writer.flush();
  }
}
