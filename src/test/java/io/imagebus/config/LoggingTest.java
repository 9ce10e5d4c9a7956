package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoggingTest {

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private PrintStream systemErr;

  @BeforeEach
  void catchStandardError() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    systemErr = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void releaseStandardError() {
    context.stop();
    System.setErr(systemErr);
  }

  @Test
  void configure_withText_writesOneLine() {
    Logging.configure(context, new Log(Log.Format.TEXT, Log.Level.INFO));
    context.getLogger("io.imagebus.node.Node").info("node {} up\nand more", 7);
    assertThat(lines())
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO  \\[main] Node - node 7 up and more");
  }

  @Test
  void configure_withJson_writesOneObjectWithEverything() throws IOException {
    Logging.configure(context, new Log(Log.Format.JSON, Log.Level.INFO));
    context
        .getLogger("io.imagebus.node.Node")
        .warn("node {} \"down\"", 7, new IllegalStateException("no port"));
    assertThat(lines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(lines().get(0));
    assertThat(json.get("timestamp").asLong()).isPositive();
    assertThat(json.get("level").asText()).isEqualTo("WARN");
    assertThat(json.get("loggerName").asText()).isEqualTo("io.imagebus.node.Node");
    assertThat(json.get("threadName").asText()).isEqualTo("main");
    assertThat(json.get("formattedMessage").asText()).isEqualTo("node 7 \"down\"");
    assertThat(json.get("throwable").get("message").asText()).isEqualTo("no port");
  }

  @Test
  void configure_withLevel_writesFromThatLevel() {
    Logging.configure(context, new Log(Log.Format.TEXT, Log.Level.DEBUG));
    context.getLogger("io.imagebus.Any").debug("shown");
    context.getLogger("io.imagebus.Any").trace("not shown");
    assertThat(lines()).singleElement().asString().endsWith("Any - shown");
  }

  @Test
  void configure_always_quietensHazelcastAndNetty() {
    Logging.configure(context, new Log(Log.Format.TEXT, Log.Level.TRACE));
    assertThat(context.getLogger("com.hazelcast.any").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("io.netty.any").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("io.vertx.any").getEffectiveLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void configure_twice_leavesOneAppender() {
    Logging.configure(context, new Log(Log.Format.JSON, Log.Level.INFO));
    Logging.configure(context, new Log(Log.Format.TEXT, Log.Level.INFO));
    context.getLogger("io.imagebus.Any").info("once");
    assertThat(lines()).singleElement().asString().endsWith("Any - once");
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
