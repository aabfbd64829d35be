package io.headwater.verification.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzFailure;
import io.headwater.tck.fuzz.FuzzReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Random scripts find the mutants by themselves: they are not told what to look for. */
class FuzzFindsMutantsTest {
    private static final int SCRIPTS = 200;
    private static final long SEED = 1;

    /** Not every failure can be made as small as possible without other versions in the steps that are left; this one can. */
    private static final long OF_SMALL_FAILURE = 3;

    /** What shows only when time passes, in much data, or beside the store. */
    private static final Set<String> BEYOND_SCRIPTS = Set.of(
            "an undeclared limit",
            "a lease never runs out",
            "a store leaves a thread behind",
            "only the first changes are made",
            "half of the bytes are kept that are promised",
            "more changes than a few are made with a checkpoint only",
            "more changes than are promised are made, in steps",
            "a large record is cut off",
            "a page of records has no limit",
            "leases are listed as if they lasted for ever",
            "leases that ran out are listed");

    private static final Map<String, Integer> FOUND_AFTER = new LinkedHashMap<>();

    @AfterAll
    static void print_how_many_scripts_it_took() {
        System.out.printf(
                "random scripts: %s mutants found, %s beyond scripts%n", FOUND_AFTER.size(), BEYOND_SCRIPTS.size());
        FOUND_AFTER.forEach((mutant, scripts) -> System.out.printf("%5s  %s%n", scripts, mutant));
    }

    @TestFactory
    Stream<DynamicTest> mutants_are_found() {
        return MutantsAreKilledTest.ofStorage().stream()
                .filter(mutant -> !BEYOND_SCRIPTS.contains(mutant.name()))
                .map(mutant -> dynamicTest(mutant.name(), () -> {
                    FuzzReport report = run(mutant, SEED);
                    FOUND_AFTER.put(mutant.name(), report.scripts());
                    assertThat(report.failure()).as(report.text()).isPresent();
                }));
    }

    @Test
    void those_that_scripts_cannot_find_exist() {
        assertThat(MutantsAreKilledTest.ofStorage().stream().map(Mutant::name).collect(Collectors.toSet()))
                .containsAll(BEYOND_SCRIPTS);
    }

    @Test
    void a_failure_is_small_and_the_same_every_time() {
        Mutant mutant = MutantsAreKilledTest.ofStorage().stream()
                .filter(each -> each.name().equals("off by one accepted"))
                .findFirst()
                .orElseThrow();
        List<FuzzFailure> failures = Stream.of(run(mutant, OF_SMALL_FAILURE), run(mutant, OF_SMALL_FAILURE))
                .map(report -> report.failure().orElseThrow())
                .toList();
        assertThat(failures.get(0)).isEqualTo(failures.get(1));
        assertThat(failures.get(0).script().lines()).hasSize(2).allMatch(line -> line.startsWith("append("));
        assertThat(failures.get(0).text())
                .contains("expected  conflict: ", "actual    appended: ", "reduced from 57 steps");
    }

    private static FuzzReport run(Mutant mutant, long seed) {
        return Fuzz.of(() -> MutantsAreKilledTest.open(mutant))
                .scripts(SCRIPTS)
                .seed(seed)
                .run();
    }
}
