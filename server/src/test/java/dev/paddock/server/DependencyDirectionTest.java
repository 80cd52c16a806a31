package dev.paddock.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The direction that dependencies take, and the rooms that libraries stay in. */
class DependencyDirectionTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.paddock");

  /** A module, and the other modules that it may know. */
  private record Module(String name, List<String> mayKnow) {}

  private static final List<Module> MODULES =
      List.of(
          new Module("model", List.of()),
          new Module("engine", List.of("model")),
          new Module("control", List.of("model")),
          new Module("web", List.of("model")),
          new Module("api", List.of("model", "control", "web")),
          new Module("toolbox", List.of("model", "engine", "web")),
          new Module("proxy", List.of("model")),
          new Module("cli", List.of()));

  @Test
  void modulesDependOnlyOnThoseBelowThem() {
    for (Module module : MODULES) {
      String[] forbidden =
          MODULES.stream()
              .map(Module::name)
              .filter(other -> !other.equals(module.name()))
              .filter(other -> !module.mayKnow().contains(other))
              .map(DependencyDirectionTest::packages)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(packages(module.name()))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(forbidden)
          .check(PROGRAM);
    }
  }

  @Test
  void nothingKnowsTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.paddock.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.paddock.server..")
        .check(PROGRAM);
  }

  @Test
  void theModelKnowsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("dev.paddock.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.paddock.model..", "java..", "org.jspecify..")
        .check(PROGRAM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "control", "web", "api", "toolbox", "proxy", "cli"})
  void packagesInsideAModuleFormNoCycle(String module) {
    slices()
        .matching("dev.paddock." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(PROGRAM);
  }

  @Test
  void onlyWebImportsTheHttpServer() {
    staysIn("dev.paddock.web..", "io.helidon..");
  }

  @Test
  void onlyTheProxyImportsVertx() {
    staysIn("dev.paddock.proxy..", "io.vertx..", "io.netty..");
  }

  @Test
  void onlyTheStoreImportsSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.paddock.control.store..", "dev.paddock.control.postgres..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..")
        .check(PROGRAM);
  }

  @Test
  void onlyTheAgentClientImportsItsWireTypes() {
    staysIn("dev.paddock.engine.agent..", "dev.paddock.engine.agent.wire..");
  }

  @Test
  void onlyTheLauncherClientImportsItsWireTypes() {
    staysIn("dev.paddock.engine.launcher..", "dev.paddock.engine.launcher.wire..");
  }

  @Test
  void onlyTheClientsOfAgentAndLauncherImportTheirEncoding() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.paddock.engine.agent..", "dev.paddock.engine.launcher..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.protobuf..")
        .check(PROGRAM);
  }

  private static void staysIn(String room, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(PROGRAM);
  }

  private static String packages(String module) {
    return "dev.paddock." + module + "..";
  }
}
