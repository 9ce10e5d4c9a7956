package io.imagebus.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestDeadlineIT {

  private static final long DEADLINE_MILLIS = 300;
  private static final int READ_MILLIS = 5_000;

  private final Vertx vertx = Vertx.vertx();
  private int port;

  @BeforeEach
  void listen() {
    RequestDeadline deadline =
        new RequestDeadline(vertx, DEADLINE_MILLIS, request -> request.response().end("here\n"));
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .connectionHandler(deadline::connected)
            .requestHandler(deadline)
            .listen(0, "127.0.0.1")
            .await();
    port = server.actualPort();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(READ_MILLIS);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void connection_withoutARequest_isClosed() throws IOException {
    try (Socket silent = connect();
        Socket halting = connect()) {
      say(halting, "GET / HTTP/1.1\r\nHost: any");
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      assertThat(halting.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void connection_withARequest_staysOpenBeyondTheDeadline() throws IOException {
    try (Socket asking = connect();
        Socket silent = connect()) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(asking.getInputStream(), StandardCharsets.US_ASCII));
      say(asking, "GET / HTTP/1.1\r\nHost: any\r\n\r\n");
      assertThat(answers.lines().anyMatch("here"::equals)).isTrue();
      assertThat(silent.getInputStream().read()).as("the deadline is over").isEqualTo(-1);
      say(asking, "GET / HTTP/1.1\r\nHost: any\r\n\r\n");
      assertThat(answers.lines().anyMatch("here"::equals)).isTrue();
    }
  }
}
