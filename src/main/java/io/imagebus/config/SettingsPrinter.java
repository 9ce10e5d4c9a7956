package io.imagebus.config;

import io.imagebus.config.Schema.SectionSpec;

/** Shows the settings in effect: as the text of a file that would give them, without secrets. */
public final class SettingsPrinter {

  private final Settings settings;

  /** A printer of these settings. */
  public SettingsPrinter(Settings settings) {
    this.settings = settings;
  }

  /** Every key as YAML; a key that differs from its default carries the default as a comment. */
  public String yaml() {
    StringBuilder out = new StringBuilder();
    for (SectionSpec section : Schema.SETTINGS.sections()) {
      out.append(section.name()).append(":\n");
      Record values = (Record) Records.value(settings, section.component());
      for (KeySpec key : section.keys()) {
        out.append(line(key, Records.value(values, key.component()))).append('\n');
      }
    }
    return out.toString();
  }

  private static String line(KeySpec key, Object value) {
    String line = "  " + key.name() + ": " + key.shown(value);
    Object preset = key.preset();
    return value.equals(preset) ? line : line + "  # default " + key.shown(preset);
  }

  /** One line that says how much memory buffers may take, and for what. */
  public String buffers() {
    Ingest ingest = settings.ingest();
    Link link = settings.link();
    Delivery delivery = settings.delivery();
    long display = (long) delivery.sendBufferBytes() + delivery.controlBytes();
    return "buffers: last frames "
        + ByteSize.format(settings.topics().lastFramesBytes())
        + "; each topic published in chunks "
        + ByteSize.format(ingest.assemblyBytes())
        + "; each other node "
        + sum("window", link.windowBytes(), "queue", link.queueBytes())
        + "; each display "
        + sum("send buffer", delivery.sendBufferBytes(), "control", delivery.controlBytes())
        + ", with "
        + delivery.maxDisplays()
        + " displays "
        + ByteSize.format(display * delivery.maxDisplays());
  }

  private static String sum(String first, long firstBytes, String second, long secondBytes) {
    return "%s (%s %s + %s %s)"
        .formatted(
            ByteSize.format(firstBytes + secondBytes),
            first,
            ByteSize.format(firstBytes),
            second,
            ByteSize.format(secondBytes));
  }
}
