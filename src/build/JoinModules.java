import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * Each module becomes a function that is called once and returns what it exports:
 *
 *     import { crc32c } from './crc32c.js';        const m3 = (() => {
 *     const VERSION = 1;                             const { crc32c } = m2;
 *     export function readChunk(…) {…}               const VERSION = 1;
 *                                                    function readChunk(…) {…}
 *                                                    return { readChunk };
 *                                                  })();
 *
 * so that modules keep their private names to themselves. This understands the few forms that the
 * pages' modules use and refuses all others: named imports, and exports in front of a declaration.
 */
/**
 * Joins ECMAScript modules into one file that exports what the first of them exports: {@code java
 * JoinModules.java ENTRY OUTPUT}.
 */
public final class JoinModules {

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{([^}]*)} from '([^']+)';\\n");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export ((?:async )?function\\*?|class|const) (\\w+)");
  private static final Pattern OTHER_FORM = Pattern.compile("(?m)^(?:import|export)\\b.*");

  private final Map<Path, String> names = new LinkedHashMap<>();
  private final List<Path> open = new ArrayList<>();
  private final StringBuilder joined = new StringBuilder();

  private JoinModules() {}

  public static void main(String[] arguments) throws IOException {
    Path entry = Path.of(arguments[0]).toRealPath();
    Path output = Path.of(arguments[1]);
    JoinModules join = new JoinModules();
    List<String> exported = join.add(entry);
    String text =
        "// Copyright the imagebus authors, Apache-2.0. Made from the modules of imagebus.\n"
            + join.joined
            + "export const { %s } = %s;\n"
                .formatted(String.join(", ", exported), join.names.get(entry));
    Files.createDirectories(output.toAbsolutePath().getParent());
    Files.writeString(output, text);
  }

  /** Adds a module after those that it imports, and says what it exports. */
  private List<String> add(Path module) throws IOException {
    if (open.contains(module)) {
      throw new IOException(module + " imports itself by way of " + open);
    }
    open.add(module);
    String text = Files.readString(module);
    List<String> imports = new ArrayList<>();
    Matcher wanted = IMPORT.matcher(text);
    while (wanted.find()) {
      Path imported = module.resolveSibling(wanted.group(2)).toRealPath();
      if (!names.containsKey(imported)) {
        add(imported);
      }
      String list = wanted.group(1).strip().replaceAll("\\s+", " ").replace(" as ", ": ");
      imports.add("const { %s } = %s;".formatted(list, names.get(imported)));
    }
    List<String> exported = new ArrayList<>();
    String body =
        EXPORT
            .matcher(IMPORT.matcher(text).replaceAll(""))
            .replaceAll(
                found -> {
                  exported.add(found.group(2));
                  return found.group(1) + " " + found.group(2);
                });
    Matcher other = OTHER_FORM.matcher(body);
    if (other.find()) {
      throw new IOException(module + ": cannot join \"" + other.group() + "\"");
    }
    String name = "m" + names.size();
    names.put(module, name);
    open.remove(module);
    joined.append("\n// ").append(module.getFileName()).append('\n');
    joined.append("const ").append(name).append(" = (() => {\n");
    imports.forEach(line -> joined.append(line).append('\n'));
    joined.append(body.strip()).append("\nreturn { ");
    joined.append(String.join(", ", exported)).append(" };\n})();\n");
    return exported;
  }
}
