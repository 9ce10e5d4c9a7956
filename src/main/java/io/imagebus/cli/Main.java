package io.imagebus.cli;

import io.imagebus.client.ServerUrl;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program {@code imagebus}. */
@Command(
    name = "imagebus",
    description = "A clustered publish/subscribe bus for live camera images.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Versions.class,
    subcommands = {
      NodeCommand.class,
      DemoCommand.class,
      PublishCommand.class,
      SubscribeCommand.class,
      SnapshotCommand.class,
      TopicsCommand.class,
      ReliabilityCommand.class,
      TranscodeCommand.class,
      CheckConfigCommand.class,
      VersionCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus demo",
      "  imagebus node --cluster",
      "  imagebus publish --topic site/gate pictures/",
      "  imagebus subscribe --topic 'site/#'",
      "  imagebus reliability --watch",
      "  imagebus transcode gate.jpg tile.jpg --width 640",
      "  imagebus COMMAND --help",
      "",
      "Exit codes: 0 done, 1 failed, 2 bad usage or configuration.",
      "Results go to standard output, everything else to standard error."
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    keepFilesInTheJar();
    System.exit(commandLine().execute(args));
  }

  /** Vert.x would copy some to a directory, which a process that is killed leaves behind. */
  private static void keepFilesInTheJar() {
    System.setProperty("vertx.disableFileCPResolving", "true");
    System.setProperty("vertx.disableFileCaching", "true");
  }

  /** The whole command line, ready to execute. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .registerConverter(ServerUrl.class, explained(ServerUrl::parse))
        .registerConverter(Topic.class, explained(Topic::new))
        .registerConverter(TopicFilter.class, explained(TopicFilter::new))
        .setParameterExceptionHandler(Failures::badUsage)
        .setExecutionExceptionHandler(Failures::failed)
        .setUsageHelpAutoWidth(true);
  }

  /** A converter whose error is the sentence that the value's own check says. */
  private static <T> ITypeConverter<T> explained(Function<String, T> reader) {
    return text -> {
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed: " + String.join(", ", spec.subcommands().keySet()));
  }
}
