package io.imagebus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which versions of what are running. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Print the versions of the program, of Java, Vert.x and Hazelcast.",
    footerHeading = "%nExamples:%n",
    footer = "  imagebus version")
final class VersionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (String line : new Versions().getVersion()) {
      out.println(line);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** The versions, one a line. */
  static final class Versions implements IVersionProvider {

    private static final String UNKNOWN = "unknown";
    private static final String HAZELCAST = "META-INF/maven/com.hazelcast/hazelcast/pom.properties";
    private static final String VERTX = "META-INF/vertx/vertx-version.txt";

    @Override
    public String[] getVersion() {
      String own = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "imagebus " + (own == null ? "development build" : own),
        "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
        "Vert.x " + resource(VERTX).map(String::strip).orElse(UNKNOWN),
        "Hazelcast " + resource(HAZELCAST).map(Versions::versionProperty).orElse(UNKNOWN)
      };
    }

    private static Optional<String> resource(String name) {
      try (InputStream in = Main.class.getClassLoader().getResourceAsStream(name)) {
        return in == null
            ? Optional.empty()
            : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String versionProperty(String text) {
      return text.lines()
          .filter(line -> line.startsWith("version="))
          .map(line -> line.substring("version=".length()).strip())
          .findFirst()
          .orElse(UNKNOWN);
    }
  }
}
