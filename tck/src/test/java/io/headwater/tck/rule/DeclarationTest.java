package io.headwater.tck.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headwater.BackendFailure;
import io.headwater.Capability;
import io.headwater.StoreUnavailable;
import org.junit.jupiter.api.Test;

class DeclarationTest {
    private static final Declaration SNAPSHOTS = Declaration.of(Capability.SNAPSHOTS);

    private static Throwable shown(RuntimeException failure) {
        return catchThrowable(() -> SNAPSHOTS.holds(() -> {
            throw failure;
        }));
    }

    @Test
    void what_works_is_no_lie() {
        assertThatCode(() -> SNAPSHOTS.holds(() -> {})).doesNotThrowAnyException();
    }

    @Test
    void a_failure_that_calling_again_does_not_mend_falsifies_it_and_says_what_to_do() {
        assertThat(shown(new BackendFailure("no table", null)))
                .isInstanceOf(FalseDeclaration.class)
                .hasMessageContainingAll(
                        "SNAPSHOTS is declared, and using it fails (", "no table", "take SNAPSHOTS out of");
        assertThat(shown(new UnsupportedOperationException())).isInstanceOf(FalseDeclaration.class);
    }

    @Test
    void a_server_that_is_down_says_nothing_of_what_it_can() {
        StoreUnavailable down = new StoreUnavailable("no server", null);
        assertThat(shown(down)).isSameAs(down);
    }

    @Test
    void a_broken_expectation_falsifies_it() {
        assertThat(catchThrowable(() -> SNAPSHOTS.holds(() -> Expect.equal("version", 1, 2))))
                .isInstanceOf(FalseDeclaration.class)
                .hasMessageContaining("it is not so (version: expected 1, was 2)");
    }
}
