package io.imagebus.cli;

import io.imagebus.frame.VariantWish;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The form in which pictures are wanted; as they were published where nothing is said. */
final class WishOptions {

  @Option(
      names = "--width",
      paramLabel = "N",
      description =
          "As wide as a display of N pixels needs; smaller ones while the line carries no more."
              + " Default: the source's.")
  private int widthPixels;

  @Option(
      names = "--height",
      paramLabel = "N",
      description = "The same for the height. Default: the source's.")
  private int heightPixels;

  @Option(
      names = "--quality",
      paramLabel = "Q",
      description = "1 to 100 on the scale of libjpeg. Default: the node's.")
  private int quality;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      description = "As fine as fits into N bytes, in place of a quality.")
  private int bytes;

  VariantWish wish(CommandSpec command) {
    try {
      return new VariantWish(widthPixels, heightPixels, quality, bytes, Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--" + e.getMessage(), e);
    }
  }
}
