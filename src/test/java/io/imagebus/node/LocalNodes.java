package io.imagebus.node;

import static org.awaitility.Awaitility.await;

import io.imagebus.client.ServerUrl;
import io.imagebus.config.SettingsLoader;
import io.imagebus.image.codec.PictureCodec;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Nodes of one cluster in this JVM, each with a codec that the test chooses, asked over their HTTP
 * ports. To be closed, which ends them.
 */
final class LocalNodes implements AutoCloseable {

  private static final int FIRST_PORT = 30_000;

  /** Hazelcast looks at so many. */
  private static final int PORTS = 20;

  private static final int RANGES = 120;
  private static final Duration LINKED = Duration.ofSeconds(40);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<Node> nodes = new ArrayList<>();

  private LocalNodes() {}

  /** Starts a node for each codec; returns when each has a link to each other. */
  static LocalNodes start(Map<String, String> settings, List<Supplier<PictureCodec>> codecs)
      throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    int port = FIRST_PORT + PORTS * ThreadLocalRandom.current().nextInt(RANGES);
    all.put("cluster.enabled", "true");
    all.put("cluster.name", "local-" + UUID.randomUUID());
    all.put("cluster.port", Integer.toString(port));
    all.put("http.port", "0");
    LocalNodes started = new LocalNodes();
    for (Supplier<PictureCodec> codec : codecs) {
      started.nodes.add(
          Node.start(new SettingsLoader(Map.of()).load(all), Optional.of(codec))
              .await(60, TimeUnit.SECONDS));
    }
    int links = codecs.size() * (codecs.size() - 1);
    await()
        .atMost(LINKED)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> started.upLinks() == links);
    return started;
  }

  private long upLinks() throws Exception {
    return json(0, "/api/v1/cluster").getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .flatMap(each -> each.getJsonArray("peers").stream())
        .filter(peer -> "up".equalsIgnoreCase(((JsonObject) peer).getString("state")))
        .count();
  }

  ServerUrl server(int node) {
    return ServerUrl.parse(nodes.get(node).url());
  }

  /** GET, whatever the status. */
  HttpResponse<byte[]> get(int node, String path) throws IOException, InterruptedException {
    return HTTP.send(request(node, path).build(), BodyHandlers.ofByteArray());
  }

  String text(int node, String path) throws IOException, InterruptedException {
    return new String(get(node, path).body(), StandardCharsets.UTF_8);
  }

  JsonObject json(int node, String path) throws IOException, InterruptedException {
    return new JsonObject(text(node, path));
  }

  /** POSTs one picture; returns the status. */
  int post(int node, String topic, byte[] jpeg) throws IOException, InterruptedException {
    HttpRequest request =
        request(node, "/api/v1/topics/" + topic + "/frames")
            .header("Content-Type", "image/jpeg")
            .POST(BodyPublishers.ofByteArray(jpeg))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray()).statusCode();
  }

  private HttpRequest.Builder request(int node, String path) {
    return HttpRequest.newBuilder(URI.create(nodes.get(node).url() + path)).timeout(ANSWER);
  }

  @Override
  public void close() throws TimeoutException {
    for (Node node : nodes) {
      node.stop().await(60, TimeUnit.SECONDS);
    }
  }
}
