package io.headwater.tck.junit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckSession;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The conformance kit as a JUnit Jupiter test class: a container for each group, a test for each rule. Extend it and say
 * which store:
 *
 * <pre>{@code
 * class SqliteTckTest extends EventStoreTck {
 *     @Override
 *     protected Tck tck() {
 *         return Tck.of("sqlite:target/tck.db");
 *     }
 * }
 * }</pre>
 *
 * <p>A rule that could not be run fails, unless {@link Tck#without} gave a reason; the reason then stands in the test's name.
 */
@Execution(ExecutionMode.SAME_THREAD)
public abstract class EventStoreTck {

    /** For subclasses. */
    protected EventStoreTck() {}

    /** Which store to check, and what is known about it. */
    protected abstract Tck tck();

    @TestFactory
    final Stream<DynamicNode> rules() {
        TckSession session = tck().open();
        return session.groups().stream().map(group -> container(group, session)).onClose(session::close);
    }

    private static DynamicNode container(RuleGroup group, TckSession session) {
        return dynamicContainer(group.name(), group.rules().stream().map(rule -> test(rule, session)));
    }

    private static DynamicTest test(Rule rule, TckSession session) {
        String excuse =
                session.excuse(rule).map(reason -> " [not run: " + reason + "]").orElse("");
        return dynamicTest(rule.title() + excuse, () -> verify(session.run(rule), !excuse.isEmpty()));
    }

    private static void verify(RuleResult result, boolean excused) {
        boolean bad = result.status() == Status.FAIL || (result.status() == Status.NOT_RUN && !excused);
        if (bad) {
            throw new AssertionError(result.status().words() + ": " + result.message());
        }
    }
}
