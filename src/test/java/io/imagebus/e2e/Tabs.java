package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.browser.Browsers;
import io.imagebus.testbed.Programs;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium that is left to itself: a tab behind another one is hidden, as with a window. What
 * Playwright drives passes for seen whatever is before it. To be closed.
 */
final class Tabs implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final int port;

  /**
   * Starts the browser.
   *
   * @param profile a directory of its own
   * @param window pixels across and down, as in {@code 1920,1080}
   */
  Tabs(Path profile, String window) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Programs.CHROMIUM.require().toString());
    command.addAll(Browsers.CHROMIUM_FLAGS);
    command.addAll(List.of("--headless", "--window-size=" + window));
    command.addAll(List.of("--remote-debugging-port=0", "--user-data-dir=" + profile));
    command.add("about:blank");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path told = profile.resolve("DevToolsActivePort");
    await().atMost(Duration.ofSeconds(40)).until(() -> hasLine(told));
    port = Integer.parseInt(Files.readAllLines(told).get(0));
  }

  private static boolean hasLine(Path file) throws IOException {
    return Files.exists(file) && Files.readAllLines(file).size() > 1;
  }

  /**
   * Opens a tab before all others.
   *
   * @return its id
   */
  String open(String url) throws IOException, InterruptedException {
    return new JsonObject(ask("PUT", "new?" + URLEncoder.encode(url, StandardCharsets.UTF_8)))
        .getString("id");
  }

  /** Brings a tab to the front. */
  void show(String id) throws IOException, InterruptedException {
    ask("GET", "activate/" + id);
  }

  /** Looks into a tab until what is returned is closed. */
  DevTools lookInto(String id) {
    return new DevTools(HTTP, URI.create("ws://127.0.0.1:" + port + "/devtools/page/" + id));
  }

  /** The processes of the browser that run now. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  private String ask(String method, String what) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/" + what))
            .timeout(Duration.ofSeconds(20))
            .method(method, BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
