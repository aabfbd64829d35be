package io.headwater.tck.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.tck.Tck;
import io.headwater.tck.catalogue.Catalogue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

class EventStoreTckTest {
    private static EventStoreTck adapter(Tck tck) {
        return new EventStoreTck() {
            @Override
            protected Tck tck() {
                return tck;
            }
        };
    }

    private static Tck unopened() {
        return Tck.of(() -> {
            throw new IllegalStateException("no server");
        });
    }

    private static List<DynamicTest> tests(Tck tck) {
        return adapter(tck).rules().flatMap(EventStoreTckTest::tests).toList();
    }

    private static Stream<DynamicTest> tests(DynamicNode container) {
        return ((DynamicContainer) container).getChildren().map(DynamicTest.class::cast);
    }

    @Test
    void there_is_a_container_for_each_group_and_a_test_for_each_rule() {
        List<? extends DynamicNode> containers = adapter(unopened()).rules().toList();
        assertThat(containers).hasSameSizeAs(Catalogue.groups());
        assertThat(tests(unopened())).hasSameSizeAs(Catalogue.rules());
    }

    @Test
    void a_rule_that_is_not_run_fails() {
        DynamicTest test = tests(unopened().only("A1.1")).get(0);
        assertThatThrownBy(() -> test.getExecutable().execute())
                .hasMessageContaining("not run")
                .hasMessageContaining("no server");
    }
}
