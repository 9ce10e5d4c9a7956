package io.imagebus.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.imagebus.testbed.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tests of the wall page's modules that need no browser, run by Node's own test runner. */
class JavaScriptIT {

  @Test
  void modules_underNode_passTheirTests() throws Exception {
    Optional<Path> node = Programs.NODE.find();
    assumeTrue(node.isPresent(), "no node on the PATH: apt-get install nodejs");
    Path log = Files.createTempFile("modules", ".log");
    Process tests =
        new ProcessBuilder(node.get().toString(), "--test", "src/test/js")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exit = tests.waitFor();
    assertThat(exit).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
  }
}
