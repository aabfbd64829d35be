package io.headwater.project.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.headwater.project.architecture.TestsHideNothingTest.KitAndTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;

/** Neither the TCK nor a test skips itself, sleeps, or awaits something that asserts nothing. */
@AnalyzeClasses(locations = KitAndTests.class)
class TestsHideNothingTest {

    /** The TCK's results are tests that count as skipped when they were waived, or left out with a reason. */
    private static final DescribedPredicate<JavaClass> SKIPS_WITH_A_REASON = named(
            "io.headwater.tck.junit.EventStoreTck",
            "io.headwater.tck.junit.EventStoreTckTest",
            // Stops processes with signals, which Windows does not have.
            "io.headwater.sqlite.SqliteSubscriptionProcessesTest");

    /** Where time itself is the matter: nothing is expected to have happened afterwards. */
    private static final DescribedPredicate<JavaClass> PAUSES_WITH_A_REASON = named(
            // Looks again and again until what it waits for is there.
            "io.headwater.tck.rule.Waiting",
            // Closes and interrupts at a random moment.
            "io.headwater.tck.catalogue.LifecycleRules",
            "io.headwater.tck.catalogue.support.Interrupted",
            // Lets one of two calls begin a little later than the other.
            "io.headwater.tck.fuzz.Duel",
            // A service that takes its time for each request.
            "io.headwater.dynamodb.server.Latency",
            // Lasts for some time, and trouble comes at random moments.
            "io.headwater.dynamodb.Soak",
            "io.headwater.postgres.Soak",
            // Calls a server again that may be down.
            "io.headwater.tck.rule.SoakWriter",
            // Handles slowly, so that it is killed in the middle.
            "io.headwater.sqlite.HandlingProcess",
            // Broken stores, which are slow.
            "io.headwater.verification.generated.ContentionFaults",
            "io.headwater.verification.mutants.CallMutants",
            "io.headwater.verification.mutants.ConcurrentCallMutants",
            "io.headwater.verification.mutants.GuardMutants",
            "io.headwater.verification.mutants.RaceMatrixMutants",
            "io.headwater.verification.mutants.RaceMutants",
            "io.headwater.verification.mutants.StreamMutants",
            "io.headwater.verification.mutants.EndingMutants");

    /**
     * Absence where no event comes behind that could be awaited instead: a closed or paused subscription does nothing.
     */
    private static final DescribedPredicate<JavaClass> QUIET_PERIODS_WITH_A_REASON =
            named("io.headwater.verification.engine.SubscriptionHandlersTest");

    @ArchTest
    static final ArchRule nothing_is_skipped = noClasses()
            .that(not(SKIPS_WITH_A_REASON))
            .should()
            .dependOnClassesThat(resideInAPackage("org.junit.jupiter.api.condition")
                    .or(nameMatching(".*\\.(Disabled|Assumptions?|Assume|TestAbortedException)")));

    @ArchTest
    static final ArchRule nothing_sleeps = noClasses()
            .should()
            .callMethodWhere(target(name("sleep"))
                    .and(target(owner(assignableTo(Thread.class).or(assignableTo(TimeUnit.class))))));

    @ArchTest
    static final ArchRule nothing_pauses = noClasses()
            .that(not(PAUSES_WITH_A_REASON))
            .should()
            .callMethodWhere(
                    target(nameMatching("parkNanos|parkUntil")).and(target(owner(assignableTo(LockSupport.class)))));

    @ArchTest
    static final ArchRule nothing_waits_for_a_quiet_period = noClasses()
            .that(not(QUIET_PERIODS_WITH_A_REASON))
            .should()
            .callMethodWhere(
                    target(nameMatching("during|pollDelay")).and(target(owner(resideInAPackage("org.awaitility..")))));

    @ArchTest
    static final ArchRule what_is_awaited_as_an_assertion_asserts = codeUnits()
            .that(describe(
                    "call untilAsserted",
                    unit -> unit.getMethodCallsFromSelf().stream().anyMatch(target(name("untilAsserted"))::test)))
            .should(assertWithinLambdas());

    /** A class of another name is no test to Surefire, and its tests never run. */
    @ArchTest
    static final ArchRule every_class_with_tests_is_run = classes()
            .that(describe("have tests", TestsHideNothingTest::hasTests))
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            // PIT runs it.
            .and(not(named("io.headwater.memory.MutationTck")))
            .should()
            .haveSimpleNameEndingWith("Test");

    private static boolean hasTests(JavaClass type) {
        return type.getAllMethods().stream().anyMatch(method -> method.isMetaAnnotatedWith(Testable.class));
    }

    /** {@code untilAsserted(future::isDone)} holds at once, whatever the future does. */
    private static ArchCondition<JavaCodeUnit> assertWithinLambdas() {
        return new ArchCondition<>("assert within a lambda") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean asserts = unit.getMethodCallsFromSelf().stream()
                        .filter(call -> call.isDeclaredInLambda())
                        .anyMatch(call -> call.getTargetOwner().getPackageName().startsWith("org.assertj"));
                events.add(new SimpleConditionEvent(unit, asserts, unit.getDescription() + " awaits no assertion"));
            }
        };
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> all = Set.of(names);
        return describe("are " + all, type -> all.contains(outermost(type).getName()));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(TestsHideNothingTest::outermost).orElse(type);
    }

    /** The TCK, and the tests of every module that is built before this one. */
    static final class KitAndTests implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> testClass) {
            return Stream.of(
                            "api",
                            "tck",
                            "backend-dynamodb",
                            "backend-esdb",
                            "backend-memory",
                            "backend-postgres",
                            "backend-sqlite",
                            "codec-jackson",
                            "migration",
                            "cli",
                            "verification",
                            "project-tests")
                    .map(module -> "../" + module + "/target/test-classes")
                    .flatMap(tests -> Stream.of(tests, "../tck/target/classes"))
                    .map(Path::of)
                    .map(KitAndTests::location)
                    .collect(Collectors.toSet());
        }

        private static Location location(Path classes) {
            if (!Files.isDirectory(classes)) {
                throw new IllegalStateException(
                        "build the modules below first: there is no " + classes.toAbsolutePath());
            }
            return Location.of(classes);
        }
    }
}
