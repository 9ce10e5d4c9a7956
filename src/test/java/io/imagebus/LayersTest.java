package io.imagebus;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.imagebus.base.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may import what, and what may be called where. */
class LayersTest {

  private static final String ROOT = "io.imagebus";
  private static final Set<String> STAGES =
      Set.of("ingest", "compression", "delivery", "report", "wall");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** What each package may import of the others. */
  private static final Map<String, Set<String>> MAY_IMPORT = mayImport();

  private static Map<String, Set<String>> mayImport() {
    Map<String, Set<String>> rules = new TreeMap<>();
    rules.put("base", Set.of());
    rules.put("frame", Set.of("base"));
    rules.put("config", Set.of("base", "frame"));
    for (String pure : Set.of("image", "flow", "sequence", "access", "wire")) {
      rules.put(pure, Set.of("base", "frame"));
    }
    rules.put("chunk", Set.of("base", "frame", "wire"));
    Set<String> domain = Set.of("base", "frame", "wire", "chunk", "flow", "sequence");
    rules.put("bus", domain);
    rules.put("client", domain);
    rules.put("demo", Set.of("base", "frame", "client"));
    rules.put("door", with(domain, "bus"));
    rules.put("ingest", with(domain, "bus", "door", "image", "access"));
    rules.put("compression", with(domain, "bus", "door", "image"));
    rules.put("delivery", with(domain, "bus", "door", "access"));
    rules.put("report", with(domain, "bus", "door"));
    rules.put("wall", with(domain, "bus", "door"));
    rules.put(
        "node",
        with(
            domain,
            "bus",
            "door",
            "image",
            "access",
            "config",
            "ingest",
            "compression",
            "delivery",
            "report",
            "wall"));
    rules.put("cli", with(domain, "config", "client", "demo", "image", "node"));
    return rules;
  }

  private static Set<String> with(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toSet());
  }

  @Test
  void packages_ofTheProject_allHaveARule() {
    Set<String> there = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String rest = type.getPackageName().substring(ROOT.length());
      there.add(rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0]);
    }
    assertThat(there).isSubsetOf(MAY_IMPORT.keySet()).contains("base", "bus", "ingest", "cli");
  }

  @Test
  void packages_importEachOther_onlyDownwards() {
    MAY_IMPORT.forEach(
        (from, allowed) -> {
          String[] others =
              MAY_IMPORT.keySet().stream()
                  .filter(other -> !other.equals(from) && !allowed.contains(other))
                  .map(LayersTest::within)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(within(from))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .allowEmptyShould(true)
              .check(CLASSES);
        });
  }

  @Test
  void stages_ofANode_neverImportEachOther() {
    for (String stage : STAGES) {
      String[] others =
          STAGES.stream()
              .filter(other -> !other.equals(stage))
              .map(LayersTest::within)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(within(stage))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void packages_ofTheProject_haveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void eventBusAndHazelcast_areKnownToTheBusAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(within("bus"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx.core.eventbus..",
            "io.vertx.core.spi.cluster..",
            "io.vertx.spi.cluster..",
            "com.hazelcast..")
        .check(CLASSES);
  }

  @Test
  void pureDomain_knowsNoVertx() {
    noClasses()
        .that()
        .resideInAnyPackage(
            within("base"),
            within("frame"),
            within("sequence"),
            within("flow"),
            within("image"),
            within("access"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .check(CLASSES);
  }

  @Test
  void wireAndChunk_knowOnlyTheBuffersOfVertx() {
    noClasses()
        .that()
        .resideInAnyPackage(within("wire"), within("chunk"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.vertx..", "io.netty..")
                .and(not(resideInAPackage("io.vertx.core.buffer"))))
        .check(CLASSES);
  }

  @Test
  void internalsOfVertx_areKnownToOneClassAlone() {
    noClasses()
        .that(not(isOrIsInside("io.imagebus.door.DirectSocketWriter")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..impl..", "io.vertx..internal..")
        .check(CLASSES);
  }

  @Test
  void clocks_areReadInOnePlace() {
    noClasses()
        .that(not(isOrIsInside(Clock.class.getName())))
        .should()
        .callMethodWhere(
            calls(System.class, "nanoTime")
                .or(calls(System.class, "currentTimeMillis"))
                .or(calls(Instant.class, "now")))
        .check(CLASSES);
  }

  @Test
  void environment_isReadByTheConfigurationAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(within("config"))
        .should()
        .callMethodWhere(calls(System.class, "getenv"))
        .check(CLASSES);
  }

  @Test
  void names_sayWhatAClassIs() {
    classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)").check(CLASSES);
  }

  private static String within(String simplePackage) {
    return ROOT + "." + simplePackage + "..";
  }

  private static DescribedPredicate<JavaMethodCall> calls(Class<?> type, String method) {
    return DescribedPredicate.describe(
        type.getSimpleName() + "." + method,
        call ->
            call.getTargetOwner().isEquivalentTo(type)
                && call.getTarget().getName().equals(method));
  }

  private static DescribedPredicate<JavaClass> isOrIsInside(String className) {
    return DescribedPredicate.describe(
        "are " + className,
        type -> type.getName().equals(className) || type.getName().startsWith(className + "$"));
  }
}
