package io.imagebus.fault;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** Prints what every row measured, as a Markdown table, after the last of a class. */
final class PromiseTable implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(PromiseTable.class))
        .getOrComputeIfAbsent("printer", any -> (CloseableResource) PromiseTable::print);
  }

  private static void print() throws IOException {
    if (!Files.isDirectory(Promises.DIRECTORY)) {
      return;
    }
    try (Stream<Path> files = Files.list(Promises.DIRECTORY)) {
      String table =
          table(
              files
                  .filter(file -> file.getFileName().toString().matches("F\\d+[a-z]?\\.json"))
                  .sorted(Comparator.comparingInt(PromiseTable::number))
                  .toList());
      System.out.println(table);
      Files.writeString(Promises.DIRECTORY.resolve("promises.md"), table);
    }
  }

  private static int number(Path file) {
    String digits = file.getFileName().toString().replaceAll("\\D", "");
    return digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static String table(List<Path> rows) throws IOException {
    StringBuilder text =
        new StringBuilder("| # | fault | promise | measured | |\n|---|---|---|---|---|\n");
    for (Path file : rows) {
      JsonObject row = new JsonObject(Files.readString(file));
      String head = "| " + row.getString("row") + " | " + row.getString("fault") + " ";
      text.append(
          row.getJsonArray("promises").stream()
              .map(JsonObject.class::cast)
              .map(PromiseTable::cells)
              .collect(Collectors.joining("| | ", head, "")));
    }
    return text.toString();
  }

  private static String cells(JsonObject promise) {
    return "| %s | %s | %s |%n"
        .formatted(
            promise.getString("promise"),
            promise.getString("measured"),
            promise.getBoolean("pass") ? "kept" : "**broken**");
  }
}
