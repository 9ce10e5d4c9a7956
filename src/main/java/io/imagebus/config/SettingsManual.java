package io.imagebus.config;

import io.imagebus.config.Schema.SectionSpec;

/** The description of every key, written from the records: as a sample file and as a table. */
public final class SettingsManual {

  private static final int LINE_LENGTH = 96;

  private static final String SAMPLE_HEAD =
      """
      # Configuration of an imagebus node. Every key is shown with its default; keep what you change.
      #
      # Each key can also be set by an environment variable, which wins over this file, and by an
      # option of the command line, which wins over both. The variable of link.window-bytes is
      # IMAGEBUS_LINK_WINDOW_BYTES; one that is empty counts as not set. Unknown keys are errors.
      #
      # Sizes are bytes and may be written with a unit: 65536, 64KiB, 2MiB, 1GiB. Times are plain
      # numbers in the unit that the key's name ends in.
      """;

  private SettingsManual() {}

  /** A commented configuration file that sets every key to its default. */
  public static String sample() {
    StringBuilder out = new StringBuilder(SAMPLE_HEAD);
    for (SectionSpec section : Schema.SETTINGS.sections()) {
      out.append("\n# ").append(section.doc()).append('\n').append(section.name()).append(":\n");
      for (KeySpec key : section.keys()) {
        out.append('\n')
            .append(comment(key.key().doc()))
            .append(comment("Allowed: " + rangeAndUnit(key) + "."));
        out.append("  ").append(key.name()).append(": ").append(key.shown(key.preset()));
        out.append('\n');
      }
    }
    return out.toString();
  }

  /** A Markdown table of all keys. */
  public static String markdown() {
    StringBuilder out =
        new StringBuilder("| key | default | allowed | what it does |\n|---|---|---|---|\n");
    for (KeySpec key : Schema.SETTINGS.keys()) {
      out.append("| `%s` | `%s` | ".formatted(key.path(), key.shown(key.preset())))
          .append("%s | %s |\n".formatted(rangeAndUnit(key), key.key().doc()));
    }
    return out.toString();
  }

  private static String rangeAndUnit(KeySpec key) {
    return key.unit().isEmpty() ? key.range() : key.range() + " " + key.unit();
  }

  /** The text as comment lines of a key, broken between words. */
  private static String comment(String text) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder("  #");
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > LINE_LENGTH) {
        out.append(line).append('\n');
        line = new StringBuilder("  #");
      }
      line.append(' ').append(word);
    }
    return out.append(line).append('\n').toString();
  }
}
