package io.imagebus.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/*
 * The file is read as a stream of tokens, not as a tree: a tree has forgotten the lines and keeps
 * only the last of two equal keys, and both belong into the message.
 */

/** Reads the text of a YAML file into a draft, with the line of every key. Not thread-safe. */
final class YamlSource {

  private static final YAMLFactory YAML = new YAMLFactory();

  private static final Pattern POSITION =
      Pattern.compile("^ in 'reader', line (\\d+), column \\d+:$", Pattern.MULTILINE);

  private final String file;
  private final SettingsDraft draft;
  private final Map<String, Integer> firstLineByPath = new HashMap<>();

  YamlSource(String file, SettingsDraft draft) {
    this.file = file;
    this.draft = draft;
  }

  void read(String text) throws IOException {
    try (YAMLParser parser = YAML.createParser(text)) {
      readDocument(parser);
      if (parser.nextToken() != null) {
        draft.addProblem(at(line(parser)), "a second document begins; keep one");
      }
    } catch (JsonProcessingException e) {
      draft.addProblem(broken(e), "not valid YAML: " + oneLine(e.getOriginalMessage()));
    }
  }

  private void readDocument(YAMLParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      draft.addProblem(
          at(line(parser)), "no section; write a section such as 'http:' and its keys below it");
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      readSection(parser, parser.currentName(), line(parser));
    }
  }

  private void readSection(YAMLParser parser, String section, int line) throws IOException {
    JsonToken token = parser.nextToken();
    if (!Schema.SETTINGS.hasSection(section)) {
      addUnknownSection(section, line);
      parser.skipChildren();
    } else if (isRepeated(section, line)) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        readKey(parser, section + "." + parser.currentName(), line(parser));
      }
    } else if (token != JsonToken.VALUE_NULL) {
      draft.addProblem(
          at(line), section + ": is a section; write its keys below it, indented, one a line");
      parser.skipChildren();
    }
  }

  private void readKey(YAMLParser parser, String path, int line) throws IOException {
    JsonToken token = parser.nextToken();
    Optional<KeySpec> key = Schema.SETTINGS.key(path);
    if (key.isEmpty()) {
      List<String> known = Schema.SETTINGS.keys().stream().map(KeySpec::path).toList();
      draft.addUnknown(at(line), path, Nearest.to(path, known));
    } else if (!isRepeated(path, line)) {
      readValue(parser, token, key.get(), line);
    }
    parser.skipChildren();
  }

  private void readValue(YAMLParser parser, JsonToken token, KeySpec key, int line)
      throws IOException {
    if (parser.isCurrentAlias()) {
      addWrongKind(key, line, "refers to another value");
    } else if (token == JsonToken.VALUE_NULL) {
      addWrongKind(key, line, "has no value");
    } else if (token == JsonToken.START_ARRAY) {
      addWrongKind(key, line, "is a list");
    } else if (token == JsonToken.START_OBJECT) {
      addWrongKind(key, line, "has keys below it");
    } else {
      draft.give(key, parser.getText(), at(line));
    }
  }

  private void addWrongKind(KeySpec key, int line, String found) {
    draft.addProblem(at(line), key.path() + ": " + found + "; use " + key.allowed());
  }

  private void addUnknownSection(String section, int line) {
    Optional<KeySpec> flat = Schema.SETTINGS.key(section);
    if (flat.isPresent()) {
      draft.addProblem(
          at(line),
          section
              + ": is written in one word; write '"
              + flat.get().section()
              + ":' and below it, indented, '"
              + flat.get().name()
              + ":'");
      return;
    }
    List<String> known = Schema.SETTINGS.sections().stream().map(Schema.SectionSpec::name).toList();
    draft.addUnknown(at(line), section, Nearest.to(section, known));
  }

  private boolean isRepeated(String path, int line) {
    Integer firstLine = firstLineByPath.putIfAbsent(path, line);
    if (firstLine == null) {
      return false;
    }
    draft.addProblem(
        at(line), path + ": given twice, first in line " + firstLine + "; keep one of them");
    return true;
  }

  private String at(int line) {
    return file + ":" + line;
  }

  private static int line(YAMLParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** Where the parser gave up: its last position; the exception's own is where it succeeded. */
  private String broken(JsonProcessingException e) {
    return POSITION
        .matcher(e.getOriginalMessage())
        .results()
        .reduce((earlier, later) -> later)
        .map(position -> file + ":" + position.group(1))
        .orElse(file);
  }

  /** The parser's explanation without its indented excerpts of the file. */
  private static String oneLine(String message) {
    return message
        .lines()
        .map(line -> POSITION.matcher(line).replaceFirst("(line $1)"))
        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
        .collect(Collectors.joining(" "));
  }
}
