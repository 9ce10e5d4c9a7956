package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileErrorsTest {

  @TempDir private Path directory;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("node.yaml");
  }

  @Test
  void load_withUnknownKeyInFile_namesTheNearest() throws IOException {
    assertThat(inFile("link:\n  windw-bytes: 1\n"))
        .containsExactly(
            file + ":2: link.windw-bytes: unknown key; did you mean link.window-bytes?");
  }

  @Test
  void load_withUnknownKeyFarFromAll_namesTheSample() throws IOException {
    assertThat(inFile("log:\n  quuxification-of-everything: {a: [1, 2]}\n"))
        .containsExactly(
            file
                + ":2: log.quuxification-of-everything: unknown key; delete it; check-config"
                + " --sample lists all keys");
  }

  @Test
  void load_withUnknownSection_namesTheNearest() throws IOException {
    assertThat(inFile("htpp:\n  port: 1\nlog:\n  level: x\n"))
        .containsExactly(
            file + ":1: htpp: unknown key; did you mean http?",
            file + ":4: log.level: 'x' is not allowed; use one of error, warn, info, debug, trace");
  }

  @Test
  void load_withDottedKeyInFile_saysHowToWriteIt() throws IOException {
    assertThat(inFile("http.port: 1\n"))
        .containsExactly(
            file
                + ":1: http.port: is written in one word; write 'http:' and below it, indented,"
                + " 'port:'");
  }

  @Test
  void load_withWrongType_saysWhatIsAllowed() throws IOException {
    assertThat(
            inFile(
                "http:\n  port: true\ncluster:\n  enabled: yes\n"
                    + "link:\n  window-bytes: 2MB\n  max-age-millis: 2s\n"))
        .containsExactly(
            file + ":2: http.port: 'true' is not allowed; use a whole number from 0 to 65535",
            file + ":4: cluster.enabled: 'yes' is not allowed; use true or false",
            file
                + ":6: link.window-bytes: '2MB' is not allowed; use a size from 64KiB to 256MiB,"
                + " such as 65536 or 64KiB",
            file
                + ":7: link.max-age-millis: '2s' is not allowed; use a whole number of"
                + " milliseconds from 100 to 600000");
  }

  @Test
  void load_withListMappingNothingOrAlias_saysWhatItFound() throws IOException {
    assertThat(
            inFile(
                "http:\n  host: [a]\n  port:\n    x: 1\n"
                    + "  public-url: &u http://a\ntopics:\n  stale-after-millis:\n"
                    + "log:\n  format: *u\n"))
        .containsExactly(
            file + ":2: http.host: is a list; use a text that is not empty",
            file + ":3: http.port: has keys below it; use a whole number from 0 to 65535",
            file
                + ":7: topics.stale-after-millis: has no value; use a whole number of milliseconds"
                + " from 100 to 600000",
            file + ":9: log.format: refers to another value; use one of text, json");
  }

  @Test
  void load_withEmptyText_saysThatItMustNotBeEmpty() throws IOException {
    assertThat(inFile("http:\n  host: \"\"\n"))
        .containsExactly(file + ":2: http.host: '' is not allowed; use a text that is not empty");
  }

  @Test
  void load_withDuplicates_namesTheFirstLine() throws IOException {
    assertThat(inFile("http:\n  port: 1\n  port: 2\nlog:\n  level: info\nhttp:\n  host: a\n"))
        .containsExactly(
            file + ":3: http.port: given twice, first in line 2; keep one of them",
            file + ":6: http: given twice, first in line 1; keep one of them");
  }

  @Test
  void load_withScalarAsSection_saysWhereKeysGo() throws IOException {
    assertThat(inFile("http: 8080\n"))
        .containsExactly(
            file + ":1: http: is a section; write its keys below it, indented, one a line");
  }

  @Test
  void load_withListAsDocument_saysThatSectionsAreMissing() throws IOException {
    assertThat(inFile("- a\n- b\n"))
        .containsExactly(
            file + ":1: no section; write a section such as 'http:' and its keys below it");
  }

  @Test
  void load_withSecondDocument_saysKeepOne() throws IOException {
    assertThat(inFile("http:\n  port: 1\n---\nhttp:\n  port: 2\n"))
        .singleElement()
        .asString()
        .contains("a second document begins; keep one");
  }

  @Test
  void load_withInvalidYaml_namesTheLineAndKeepsEarlierProblems() throws IOException {
    List<String> problems = inFile("http:\n  port: x\n\thost: a\n");
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).startsWith(file + ":2: http.port: 'x' is not allowed");
    assertThat(problems.get(1)).startsWith(file + ":3: not valid YAML: ").doesNotContain("\n");
  }

  @Test
  void load_withUnclosedQuote_namesWhereItBegan() throws IOException {
    assertThat(inFile("http:\n  host: \"a\nlog:\n"))
        .singleElement()
        .asString()
        .contains("not valid YAML: while scanning a quoted scalar (line 2) found");
  }

  @Test
  void load_withMissingFile_saysSo() {
    assertThat(Refused.inFile(file))
        .containsExactly(
            file + ": no such file; check the path, or give none to use the built-in defaults");
  }

  @Test
  void load_withDirectory_saysSo() {
    assertThat(Refused.inFile(directory))
        .containsExactly(directory + ": is a directory; give the path of a YAML file");
  }

  @Test
  void load_withUnreadableFile_saysWhy() throws IOException {
    Files.write(file, "http:\n  host: größe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Refused.inFile(file))
        .containsExactly(file + ": is not UTF-8 text; save it as UTF-8");
    assertThat(Refused.inFile(file.resolve("below.yaml")))
        .singleElement()
        .asString()
        .contains("cannot be read (")
        .endsWith("check the path and the disk");
  }

  @Test
  void load_withProblemsInEverySource_reportsAllAtOnce() throws IOException {
    Files.writeString(file, "http:\n  port: a\n");
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                new SettingsLoader(Map.of("IMAGEBUS_HTTP_PORT", "b"))
                    .load(file, Map.of("http.port", "c")));
    assertThat(e.problems()).hasSize(3);
    assertThat(e.getMessage().lines()).first().isEqualTo("3 problems in the configuration:");
    assertThat(e.getMessage().lines()).hasSize(4);
  }

  @Test
  void explain_withDeniedAccess_namesOwnerAndPermissions() {
    assertThat(SettingsLoader.explain(new AccessDeniedException("node.yaml")))
        .isEqualTo("may not be read; check its owner and permissions");
  }

  private List<String> inFile(String yaml) throws IOException {
    return Refused.inFile(Files.writeString(file, yaml));
  }
}
