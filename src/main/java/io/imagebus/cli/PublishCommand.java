package io.imagebus.cli;

import io.imagebus.frame.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes pictures to a topic. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publish pictures to a topic.",
      "Ends with exit code 0 if the node has accepted every picture that was sent. When the node or"
          + " the network is slower than the pictures, older ones are dropped for newer ones, and"
          + " counted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus publish --topic site/gate gate.jpg",
      "  imagebus publish --topic site/gate --fps 25 --loop pictures/",
      "  ffmpeg -i rtsp://camera/1 -f mjpeg - | imagebus publish --topic site/gate -"
    })
final class PublishCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";
  private static final double DEFAULT_FPS = 10;

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private VerboseOption verbose;

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "TOPIC",
      description = "Where to publish, for example site/hall-2/gate.")
  private Topic topic;

  @Parameters(
      arity = "1",
      paramLabel = "FILE|DIR|-",
      description =
          "A picture ("
              + FilePictures.KINDS
              + "), a directory of pictures, taken in the order of their names, or - for a row of"
              + " JPEGs on standard input.")
  private String input;

  @Option(
      names = {"-r", "--fps"},
      paramLabel = "N",
      converter = Numbers.Rate.class,
      description =
          "Pictures a second; 0: as fast as the node accepts them. Default: 10; for standard input"
              + " as they come.")
  private Double fps;

  @Option(names = "--loop", description = "Begin anew after the last picture. Not for -.")
  private boolean loop;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "End after this many pictures. Default: at the end of the input.")
  private Long count;

  @Override
  public Integer call() throws InterruptedException, IOException {
    PublishRun.Plan plan =
        new PublishRun.Plan(
            server.urls(), topic, source(), pace(), count == null ? Long.MAX_VALUE : count);
    verbose.configureLog();
    StatusLine status = new StatusLine(spec.commandLine().getErr(), Terminal.isOnStandardError());
    PublishRun.Outcome outcome = EventLoop.run(vertx -> new PublishRun(vertx, plan, status));
    outcome
        .failure()
        .ifPresent(
            why -> {
              throw new CommandFailedException(why);
            });
    return outcome.isGood() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private PictureSource source() throws IOException {
    if (!input.equals(STANDARD_INPUT)) {
      try {
        return FilePictures.of(Path.of(input), loop);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
    if (loop) {
      throw new ParameterException(
          spec.commandLine(), "--loop needs a file or a directory; standard input is read once");
    }
    return new MjpegPictures(System.in);
  }

  private Pace pace() {
    if (fps == null) {
      return input.equals(STANDARD_INPUT) ? new Pace.AsItComes() : new Pace.Evenly(DEFAULT_FPS);
    }
    return fps == 0 ? new Pace.AsAccepted() : new Pace.Evenly(fps);
  }
}
