package io.headwater.tck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Idempotency;
import java.util.EnumSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScriptGeneratorTest {
    private static final ScriptGenerator GENERATOR =
            new ScriptGenerator(EnumSet.allOf(Part.class), Idempotency.RECENT, 30);

    @Test
    void the_same_seed_makes_the_same_script() {
        assertThat(GENERATOR.generate(4711).code())
                .isEqualTo(GENERATOR.generate(4711).code());
    }

    @Test
    void neighbouring_seeds_make_different_scripts() {
        assertThat(LongStream.range(0, 50)
                        .mapToObj(seed -> GENERATOR.generate(seed).code()))
                .doesNotHaveDuplicates();
    }

    @Test
    void only_the_given_parts_are_used() {
        ScriptGenerator plain = new ScriptGenerator(EnumSet.of(Part.APPENDS), Idempotency.RECENT, 30);
        assertThat(plain.generate(1).steps())
                .extracting(Step::operation)
                .containsOnly("append", "readStream forwards", "log forwards");
    }

    /** Where a store recognises repeats only usually, two right answers are possible. */
    @Test
    void without_a_definite_memory_no_append_without_exact_expectation_is_repeated() {
        ScriptGenerator cautious = new ScriptGenerator(EnumSet.allOf(Part.class), Idempotency.BEST_EFFORT, 60);
        LongStream.range(0, 50).forEach(seed -> {
            Model model = new Model(Idempotency.ALWAYS);
            assertThat(cautious.generate(seed).steps())
                    .allSatisfy(step -> assertThat(step.on(model).details())
                            .noneMatch(detail -> detail.contains("repeated in part")));
        });
    }
}
