package io.imagebus.cli;

import io.imagebus.frame.TopicFilter;
import io.imagebus.sequence.Hop;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows where pictures get lost. */
@Command(
    name = "reliability",
    mixinStandardHelpOptions = true,
    description = {
      "Show for each topic and hop of the whole cluster what came, what was lost and where, the"
          + " worst first; any node knows all.",
      "",
      "Hops: publisher-ingest, from a publisher that numbers its chunks to its node; node-node,"
          + " between two nodes (receiver←sender); delivery-display, from a node to its displays.",
      "RELIABILITY is the share of the chunks that came whole and in time, of those that were not"
          + " left out on purpose. When nothing failed it says what that proves with 95 %%"
          + " confidence: at least 1 - 3/n of n chunks. FRAMES is the same for whole frames.",
      "EXPECTED = RECEIVED + LOST + CORRUPT + SKIPPED + PENDING, always. SKIPPED was left out on"
          + " purpose and announced, and is no failure; the reasons are counted since the start.",
      "JITTER and AGE P95 (capture until the receiver of the hop has it whole) are of the last"
          + " minute; ? stands where the clocks disagree. STATE is live, silent, closed or idle; with"
          + " 'unverified' nobody knows whether something is missing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus reliability",
      "  imagebus reliability --watch --window 1m",
      "  imagebus reliability --topic 'site/+/gate' --hop node-node --gaps 5",
      "  imagebus reliability --json | jq '.alarms'",
      "",
      "Exit codes: 0 shown, 1 no node answered, 2 bad usage. A loss is not a failure of the command."
    })
final class ReliabilityCommand implements Callable<Integer> {

  private static final String MAX_GAPS = "32";

  /** The windows that the nodes keep. */
  static final class Windows implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("1m", "15m", "start").iterator();
    }
  }

  /** The hops by their labels. */
  static final class Hops implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Hop.values()).map(Hop::label).iterator();
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private VerboseOption verbose;

  @Option(
      names = {"-t", "--topic"},
      paramLabel = "FILTER",
      description =
          "Only topics that match: a name, with + for one level and # for all the rest. Quote it:"
              + " the shell knows # too. Default: all.")
  private TopicFilter topic;

  @Option(
      names = "--hop",
      paramLabel = "HOP",
      completionCandidates = Hops.class,
      description = "Only this hop: ${COMPLETION-CANDIDATES}.")
  private String hop;

  @Option(
      names = "--node",
      paramLabel = "ID",
      description = "Only what this node keeps, that is the receiver's side; its id, in full.")
  private String node;

  @Option(
      names = {"-w", "--window"},
      paramLabel = "WINDOW",
      defaultValue = "15m",
      completionCandidates = Windows.class,
      description =
          "The time that the counts are of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String window;

  @Option(
      names = "--displays",
      description = "Show each display by itself too; of these the counts are since the start.")
  private boolean displays;

  @Option(
      names = "--gaps",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "Show the N newest gaps of each line: when, which numbers, what became of them, why. At"
              + " most "
              + MAX_GAPS
              + ".")
  private Long gaps;

  @Option(
      names = "--watch",
      description =
          "Show it again every second, in place on a terminal, until Ctrl-C or --count times.")
  private boolean watch;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "With --watch: end after showing it N times. Default: no end.")
  private Long count;

  @Option(
      names = "--json",
      description = "Print the node's answer as it is, JSON; with --watch one a line.")
  private boolean asJson;

  @Override
  public Integer call() throws InterruptedException {
    check("--hop", hop, new Hops());
    check("--window", window, new Windows());
    if (gaps != null && gaps > Long.parseLong(MAX_GAPS)) {
      throw new ParameterException(
          spec.commandLine(), "--gaps is " + gaps + "; it is 1 to " + MAX_GAPS);
    }
    if (count != null && !watch) {
      throw new ParameterException(spec.commandLine(), "--count needs --watch");
    }
    verbose.configureLog();
    PrintWriter out = spec.commandLine().getOut();
    ScreenPage page = new ScreenPage(out, watch && Terminal.isOnStandardOutput());
    EventLoop.run(
        vertx ->
            new ReliabilityRun(
                vertx,
                new NodeApi(vertx, server.urls()),
                path(),
                new ReliabilityRun.Repetition(watch, Optional.ofNullable(count)),
                answer -> page.show(lines(answer)),
                new StatusLine(spec.commandLine().getErr(), false)));
    return ExitCode.OK;
  }

  private void check(String option, String value, Iterable<String> allowed) {
    List<String> all = new ArrayList<>();
    allowed.forEach(all::add);
    if (value != null && !all.contains(value)) {
      throw new ParameterException(
          spec.commandLine(),
          option + " is '" + value + "'; it is one of " + String.join(", ", all));
    }
  }

  private String path() {
    List<String> query = new ArrayList<>();
    add(query, "topic", topic == null ? null : topic.text());
    add(query, "hop", hop);
    add(query, "node", node);
    add(query, "window", window);
    add(query, "displays", displays ? "true" : null);
    add(query, "gaps", gaps == null ? null : gaps.toString());
    return "/api/v1/reliability?" + String.join("&", query);
  }

  private static void add(List<String> query, String name, String value) {
    if (value != null) {
      query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }
  }

  private List<String> lines(JsonObject answer) {
    if (asJson) {
      return List.of(watch ? answer.encode() : answer.encodePrettily());
    }
    return new ReliabilityTable(answer, window).lines();
  }
}
