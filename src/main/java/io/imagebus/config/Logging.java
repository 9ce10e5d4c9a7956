package io.imagebus.config;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * Applies the log settings. Before, and for commands without settings, the log is text from level
 * info; logback.xml holds both forms.
 */
public final class Logging {

  /** Whoever names a logback file of his own keeps it. */
  private static final String OWN_FILE = "logback.configurationFile";

  private Logging() {}

  /** Makes the log of this process look as the settings say. */
  public static void configure(Log log) {
    if (System.getProperty(OWN_FILE) == null) {
      configure((LoggerContext) LoggerFactory.getILoggerFactory(), log);
    }
  }

  static void configure(LoggerContext context, Log log) {
    URL file = Objects.requireNonNull(Logging.class.getResource("/logback.xml"));
    context.reset();
    context.putProperty("log.format", log.format().name().toLowerCase(Locale.ROOT));
    context.putProperty("log.level", log.level().name());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(file);
    } catch (JoranException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }
}
