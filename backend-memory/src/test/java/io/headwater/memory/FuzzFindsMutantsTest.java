package io.headwater.memory;

import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FuzzFindsMutantsTest {
    @Test
    void table() {
        for (Mutant mutant : MutantsAreKilledTest.mutants()) {
            long t = System.nanoTime();
            FuzzReport report = Fuzz.of(() -> MutantsAreKilledTest.open(mutant))
                    .scripts(200)
                    .seed(1)
                    .deadline(Duration.ofSeconds(5))
                    .run();
            System.out.printf(
                    "MUT %-60s %s (%d ms)%n",
                    mutant.name(),
                    report.passed() ? "-" : "script " + report.scripts(),
                    (System.nanoTime() - t) / 1000000);
            report.failure().ifPresent(f -> System.out.println(f.text()));
        }
    }
}
