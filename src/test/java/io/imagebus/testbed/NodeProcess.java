package io.imagebus.testbed;

import io.imagebus.client.ServerUrl;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A node in a process of its own, asked over its HTTP port. To be closed. */
public final class NodeProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final String READY = "imagebus node ready: ";
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final Program program;
  private String url = "";
  private String id = "";

  public NodeProcess(Program program) {
    this.program = program;
  }

  /** Waits until the node says that it is ready. */
  public NodeProcess awaitReady() throws IOException, InterruptedException {
    url = program.out().awaitLine(READY, START, program::isAlive).substring(READY.length());
    id = json("/api/v1/cluster").getString("node");
    return this;
  }

  public Program program() {
    return program;
  }

  public String id() {
    return id;
  }

  public String url() {
    return url;
  }

  public ServerUrl server() {
    return ServerUrl.parse(url);
  }

  /** GET, whatever the status. */
  public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  public JsonObject json(String path) throws IOException, InterruptedException {
    return new JsonObject(new String(get(path).body(), StandardCharsets.UTF_8));
  }

  /** POSTs one JPEG to a topic. */
  public HttpResponse<byte[]> post(String topic, byte[] picture)
      throws IOException, InterruptedException {
    HttpRequest request =
        request("/api/v1/topics/" + topic + "/frames")
            .header("Content-Type", "image/jpeg")
            .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    program.close();
  }
}
