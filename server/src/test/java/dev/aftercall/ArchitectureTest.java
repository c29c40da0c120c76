package dev.aftercall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plan of the house. Each rule says why it stands. */
final class ArchitectureTest {
  private static final String HOUSE = "dev.aftercall.";
  private static final int LONGEST_FILE = 400;

  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.aftercall");
  }

  @Test
  void requestsGoOneWay() {
    inward(room("http"), "jdbc..", "cli..", "dev..", "media..", "content.disk..", "content.s3..");
    inward(room("identity"), "http..", "gate..", "access..", "recording..", "content..", "jdbc..");
    inward(room("gate"), "http..", "intake..", "jdbc..", "cli..", "dev..", "config..");
    inward(room("access"), "http..", "gate..", "recording..", "content..", "intake..", "jdbc..");
    inward(room("meeting"), "http..", "identity..", "gate..", "access..", "recording..", "jdbc..");
    inward(room("recording"), "http..", "identity..", "gate..", "access..", "intake..", "jdbc..");
    inward(room("intake"), "http..", "identity..", "gate..", "access..", "jdbc..", "cli..");
    inward(room("content"), "http..", "identity..", "gate..", "recording..", "intake..", "jdbc..");
    inward(
        room("notification"),
        "http..",
        "gate..",
        "content..",
        "intake..",
        "jdbc..",
        "cli..",
        "dev..");
    inward(room("outbound"), "http..", "gate..", "intake..", "notification..", "jdbc..", "cli..");
    inward(
        room("fetch"), "http..", "gate..", "intake..", "content..", "jdbc..", "cli..", "config..");
    inward(
        room("repair"), "http..", "gate..", "intake..", "content..", "jdbc..", "cli..", "fetch..");
    inward(room("picture"), "http..", "gate..", "intake..", "jdbc..", "cli..", "retention..");
    inward(room("arrival"), "http..", "identity..", "gate..", "access..", "jdbc..", "cli..");
    inward(room("recorder"), "http..", "gate..", "intake..", "content..", "jdbc..", "cli..");
    inward(room("ruling"), "http..", "identity..", "gate..", "content..", "jdbc..", "cli..");
    inward(room("change"), "http..", "identity..", "gate..", "access..", "content..", "jdbc..");
    inward(room("retention"), "http..", "identity..", "gate..", "access..", "jdbc..", "cli..");
    inward(room("throttle"), "http..", "gate..", "access..", "recording..", "content..", "jdbc..");
    inward(room("storage"), "http..", "identity..", "gate..", "access..", "intake..", "jdbc..");
    inward(room("media"), "http..", "identity..", "gate..", "recording..", "intake..", "jdbc..");
    inward(room("jdbc"), "http..", "gate..", "content..", "cli..", "dev..", "config..");
  }

  private static void inward(String from, String... forbidden) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Stream.of(forbidden).map(HOUSE::concat).toArray(String[]::new))
        .because(
            "a request goes http, identity, gate, access, recording, content and never back: who"
                + " reads one room need not know those before it")
        .check(house);
  }

  @Test
  void nothingReadsAroundTheGate() {
    noClasses()
        .that()
        .resideOutsideOfPackages(room("gate"), room("recording"), room("jdbc"))
        .and()
        .doNotHaveFullyQualifiedName("dev.aftercall.Server")
        .should()
        .dependOnClassesThat(named("dev.aftercall.recording.Catalogue"))
        .because("whoever could look a recording up without the gate could forget to ask")
        .check(house);
    noClasses()
        .that()
        .resideOutsideOfPackages(room("gate"), room("meeting"), room("jdbc"))
        .and()
        .doNotHaveFullyQualifiedName("dev.aftercall.Server")
        .should()
        .dependOnClassesThat(named("dev.aftercall.meeting.Meetings"))
        .because("meetings have a gate too")
        .check(house);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            room("gate"),
            room("intake"),
            room("content"),
            room("retention"),
            room("storage"),
            room("picture"))
        .should()
        .callMethodWhere(
            calls("dev.aftercall.content.ContentStore", Set.of("open", "read", "delete")))
        .because(
            "bytes leave by the gate, which decides, come by the intake, which proves, and go by the"
                + " retention, which asks the holds; the check of the storage hashes them and pictures"
                + " are drawn of them, and neither gives any away")
        .check(house);
  }

  @Test
  void administratorsComeThroughOneDoor() {
    noClasses()
        .that()
        .resideInAPackage(room("http.admin"))
        .and()
        .doNotHaveFullyQualifiedName("dev.aftercall.http.admin.AdminDoor")
        .should()
        .callMethodWhere(calls("dev.aftercall.http.Route", Set.of("of")))
        .orShould()
        .callConstructorWhere(
            DescribedPredicate.describe(
                "of Route", call -> call.getTargetOwner().getSimpleName().equals("Route")))
        .because("a route that the door did not make might forget to ask the gate")
        .check(house);
  }

  @Test
  void transactionsAreBegunAndEndedInOnePlace() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SqliteWriter")
        .should()
        .callMethodWhere(
            new DescribedPredicate<JavaCall<?>>("a transaction begins or ends") {
              @Override
              public boolean test(JavaCall<?> call) {
                return call.getTargetOwner().isAssignableTo(Handle.class)
                    && call.getName().matches("begin|commit|rollback|.*[sS]avepoint");
              }
            })
        .because("on SQLite works share a transaction; one that ends it takes the others with it")
        .check(house);
  }

  @Test
  void toolsStayInTheirRoom() {
    only("SQL is written where its dialects are known and its tests are", room("jdbc"))
        .onlyTheseUse("java.sql..", "javax.sql..", "org.jdbi..", "com.zaxxer..", "org.flywaydb..");
    only("the rooms behind http are read and tested without a web server", room("http"))
        .onlyTheseUse("io.vertx..");
    only(
            "an object store is one way among others to keep bytes, and one of a recorder's to hand"
                + " them over",
            room("content.s3"))
        .and(room("fetch.s3"))
        .onlyTheseUse("software.amazon..");
    only("whoever calls out by HTTP does so by a client made for that", room("content.s3"))
        .and(room("notification.webhook"))
        .and(room("outbound"))
        .and(room("fetch.web"))
        .onlyTheseUse("org.apache.hc..");
    only("Kafka is loaded where it is used alone, by those who use it", room("notification.kafka"))
        .onlyTheseUse("org.apache.kafka..");
    only(
            "query options leave their room as records; its parser could be another's",
            room("http.odata"))
        .onlyTheseUse("org.apache.olingo..");
    only("one room knows how commands are spelt", room("cli")).onlyTheseUse("picocli..");
    only("counters are counted without a thought of who reads them", room("metrics"))
        .onlyTheseUse("io.prometheus..");
    only("one room counts requests; another keeps its counts for many nodes", room("throttle"))
        .and(room("jdbc"))
        .onlyTheseUse("io.github.bucket4j..");
    only(
            "one room verifies tokens, the development issuer makes them, disposals are certified,"
                + " notifications carry a token that tells whose they are, and some recorders sign"
                + " their messages with one",
            room("identity"))
        .and(room("dev"))
        .and(room("retention"))
        .and(room("notification"))
        .and(room("recorder"))
        .onlyTheseUse("com.nimbusds..");
  }

  @Test
  void queryOptionsAreReadWithoutAServer() {
    noClasses()
        .that()
        .resideInAPackage(room("http.odata"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", HOUSE + "gate..", HOUSE + "jdbc..")
        .because("what a client writes is read from text, and fuzzed so")
        .check(house);
  }

  private record Only(String reason, String... rooms) {
    Only and(String room) {
      return new Only(
          reason, Stream.concat(Stream.of(rooms), Stream.of(room)).toArray(String[]::new));
    }

    void onlyTheseUse(String... libraries) {
      noClasses()
          .that()
          .resideOutsideOfPackages(rooms)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(libraries)
          .because(reason)
          .check(house);
    }
  }

  private static Only only(String reason, String room) {
    return new Only(reason, room);
  }

  @Test
  void timeAndChanceAreArguments() {
    noClasses()
        .that()
        .resideOutsideOfPackages(room("time"), room("cli"))
        .should()
        .callMethodWhere(
            calls(Instant.class.getName(), Set.of("now"))
                .or(calls(System.class.getName(), Set.of("currentTimeMillis")))
                .or(calls(UUID.class.getName(), Set.of("randomUUID")))
                .or(calls(InstantSource.class.getName(), Set.of("system")))
                .or(
                    calls(
                        Clock.class.getName(), Set.of("system", "systemUTC", "systemDefaultZone"))))
        .because("expiry, retries and ids are tested in milliseconds and repeat from run to run")
        .check(house);
    noClasses()
        .that()
        .resideOutsideOfPackages(room("time"))
        // Signing and certificate libraries ask for a SecureRandom of their own.
        .and()
        .resideOutsideOfPackages(room("dev.tls"), room("dev.issuer"))
        .should()
        .dependOnClassesThat(named(SecureRandom.class.getName()))
        .because("secrets that guard something come from one place")
        .check(house);
    noClasses()
        .should()
        .callMethodWhere(calls(Thread.class.getName(), Set.of("sleep")))
        .because("what sleeps is slow in tests and late in life; wait for the condition")
        .check(house);
  }

  @Test
  void developmentToolsAreOutOfReach() {
    noClasses()
        .that()
        .resideOutsideOfPackages(room("dev"))
        .and(DescribedPredicate.not(development()))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(room("dev"))
        .because("start cannot be made to run an issuer that gives tokens to anyone")
        .check(house);
    noClasses()
        .that()
        .haveFullyQualifiedName("dev.aftercall.cli.Start")
        .or()
        .haveFullyQualifiedName("dev.aftercall.Server")
        .should()
        .dependOnClassesThat(development())
        .because("start must not come to the development issuer by way of start-dev either")
        .check(house);
  }

  @Test
  void listsGoWrongInDevelopmentAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(room("http"))
        .and(DescribedPredicate.not(development()))
        .should()
        .dependOnClassesThat(named("dev.aftercall.http.Quirk"))
        .orShould()
        .callMethodWhere(calls("dev.aftercall.http.ListSettings", Set.of("with")))
        .because("start serves what is right")
        .check(house);
  }

  private static DescribedPredicate<JavaClass> development() {
    Set<String> names = Set.of("StartDev", "WarmUp", "DevReadyFile", "DevGreeting");
    return DescribedPredicate.describe(
        "start-dev's own commands",
        type ->
            type.getPackageName().equals("dev.aftercall.cli")
                && names.contains(type.getName().replaceAll("^.*\\.|\\$.*", "")));
  }

  @Test
  void roomsFormNoCircle() {
    slices()
        .matching("dev.aftercall.(*)..")
        .should()
        .beFreeOfCycles()
        .because("rooms in a circle can only be understood all at once")
        .check(house);
  }

  @Test
  void nothingIsInjectedIntoFields() {
    noFields()
        .should()
        .beAnnotatedWith("jakarta.inject.Inject")
        .orShould()
        .beAnnotatedWith("javax.inject.Inject")
        .because("what a class needs stands in its constructor")
        .check(house);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.inject..", "javax.inject..", "org.springframework..")
        .because("the house is wired by hand in Server, where everybody can read it")
        .check(house);
  }

  @Test
  void everyPackageSaysWhatMayBeNull() {
    ArchRule rule =
        classes()
            .that(
                DescribedPredicate.describe(
                    "are written by us", type -> !type.getSimpleName().equals("package-info")))
            .should()
            .resideInAnyPackage(
                house.stream()
                    .filter(type -> type.getSimpleName().equals("package-info"))
                    .filter(type -> type.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                    .map(JavaClass::getPackageName)
                    .toArray(String[]::new))
            .because("NullAway checks marked packages alone: one forgotten is one unchecked");
    rule.check(house);
  }

  @Test
  void filesStayReadable() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      int[] lengths =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .mapToInt(
                  file -> {
                    int length = length(file);
                    assertThat(length)
                        .as("%s: a file longer than this does more than one thing", file)
                        .isLessThanOrEqualTo(LONGEST_FILE);
                    return length;
                  })
              .sorted()
              .toArray();
      int median = lengths[lengths.length / 2];
      System.out.printf("%d source files, median %d lines%n", lengths.length, median);
      assertThat(median)
          .as("median of the lines in a source file: houses worth copying have 40 to 80")
          .isLessThanOrEqualTo(80);
    }
  }

  private static int length(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return (int) lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String room(String name) {
    return HOUSE + name + "..";
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(
        name, type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
  }

  private static DescribedPredicate<JavaCall<?>> calls(String owner, Set<String> methods) {
    return DescribedPredicate.describe(
        owner + methods,
        call ->
            methods.contains(call.getTarget().getName())
                && call.getTargetOwner().isAssignableTo(owner));
  }
}
