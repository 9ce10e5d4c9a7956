package io.imagebus.cli;

import io.imagebus.client.ServerUrl;
import io.imagebus.config.Logging;
import io.imagebus.config.Settings;
import io.imagebus.config.SettingsException;
import io.imagebus.demo.DemoCameras;
import io.imagebus.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a node, or three, with four cameras that play footage. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Run a node with four cameras that play the footage of the jar, and print the address of the"
          + " wall.",
      "The cameras publish through the same door as any other. Ends on Ctrl-C."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus demo",
      "  imagebus demo --nodes 3 --port 8080          (a cluster on ports 8080, 8081, 8082)",
      "  imagebus demo --cameras-only --server http://gateway:8080"
    })
final class DemoCommand implements Callable<Integer> {

  private static final int MAX_NODES = 4;

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions options;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many nodes, 1 to 4, each a process of its own on the next port. Default:"
              + " ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--cameras-only",
      description = "Only the cameras, for a node that runs already; see --server.")
  private boolean camerasOnly;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description =
          "With --cameras-only: where they publish; may be given several times. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<ServerUrl> servers;

  @Override
  public Integer call() throws InterruptedException {
    if (nodes < 1 || nodes > MAX_NODES) {
      throw new ParameterException(
          spec.commandLine(), "--nodes is " + nodes + "; it is 1 to " + MAX_NODES);
    }
    Settings settings;
    try {
      settings = options.load(demoKeys());
    } catch (SettingsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      spec.commandLine().getErr().flush();
      return ExitCode.USAGE;
    }
    Logging.configure(settings.log());
    Demo demo = new Demo();
    Signal signal = new Signal(demo::stop, NodeCommand.LEAVE);
    demo.start(settings);
    signal.await();
    return ExitCode.OK;
  }

  /** A quiet log, and a cluster of its own, so that a demo meets no other node of the machine. */
  private Map<String, String> demoKeys() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("log.level", "warn");
    // All nodes of a demo end together: there is nowhere to go.
    keys.put("node.drain-seconds", "1");
    if (nodes > 1) {
      keys.put("cluster.enabled", "true");
      keys.put("cluster.config", "local");
      keys.put("cluster.name", "imagebus-demo-" + UUID.randomUUID().toString().substring(0, 8));
    }
    return keys;
  }

  /** What the demo has started. */
  private final class Demo {
    private final Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    private final ChildNodes children = new ChildNodes();
    private volatile Optional<Node> own = Optional.empty();

    void start(Settings settings) throws InterruptedException {
      List<ServerUrl> urls = new ArrayList<>();
      if (camerasOnly) {
        urls.addAll(servers);
      } else {
        Node node = Signal.await(Node.start(settings));
        own = Optional.of(node);
        urls.add(ServerUrl.parse(node.url()));
        children.start(settings, node.port(), nodes - 1);
        children.urls(settings, node.port(), nodes - 1).forEach(urls::add);
      }
      for (ServerUrl url : urls) {
        Signal.await(WallProbe.answers(vertx, url, List.of()));
      }
      vertx.runOnContext(go -> new DemoCameras(vertx, urls).start());
      Signal.await(WallProbe.answers(vertx, urls.get(0), DemoCameras.topics()));
      announce(urls);
    }

    private void announce(List<ServerUrl> urls) {
      PrintWriter out = spec.commandLine().getOut();
      out.println();
      out.println(
          "  The wall is at   " + String.join("   ", urls.stream().map(u -> u + "/").toList()));
      out.println("  Four cameras publish " + String.join(", ", DemoCameras.topics()) + ".");
      out.println("  End with Ctrl-C.");
      out.println();
      out.flush();
    }

    Future<Void> stop() {
      children.stop();
      return own.map(Node::stop).orElseGet(Future::succeededFuture).eventually(vertx::close);
    }
  }
}
