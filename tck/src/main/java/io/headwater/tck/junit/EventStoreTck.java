package io.headwater.tck.junit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.headwater.tck.Profile;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.TckSession;
import io.headwater.tck.report.ReportFormat;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.TestAbortedException;

/**
 * The TCK as a JUnit Jupiter test class: a container for each group, a test for each rule. Extend it, and return the store
 * to test:
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
 * <p>A rule that could not be run fails, unless {@link Tck#without} gave a reason; then its test is skipped. The test of a
 * rule that does not hold and was {@linkplain Tck#waive waived} is skipped, too. The last test is the summary; its name has
 * the counts.
 *
 * <p>If the system property {@value #REPORTS} names a folder, the summary writes reports to it, as {@code
 * com.example.SqliteTckTest.json}, {@code .md} and {@code .html}. The folder is created if it is missing.
 *
 * <p>The system property {@value #PROFILE} names the {@link Profile}: {@code quick}, {@code full} or {@code soak}. Without
 * it, {@link #tck()} decides.
 */
@Execution(ExecutionMode.SAME_THREAD)
public abstract class EventStoreTck {

    /** The system property that names the folder for reports. */
    private static final String REPORTS = "headwater.tck.reports";

    /** The system property that names the profile. */
    private static final String PROFILE = "headwater.tck.profile";

    /** For subclasses. */
    protected EventStoreTck() {}

    /** The store to test, and how. */
    protected abstract Tck tck();

    @TestFactory
    final Stream<DynamicNode> rules() {
        TckSession session = inProfile(tck()).open();
        List<RuleResult> results = new ArrayList<>();
        Stream<DynamicNode> groups = session.groups().stream().map(group -> container(group, session, results));
        // Jupiter asks for a node when those before it have run: only then is there something to sum up.
        Stream<DynamicNode> summary = Stream.of(results).map(ran -> summary(session.report(ran)));
        return Stream.concat(groups, summary).onClose(session::close);
    }

    private static Tck inProfile(Tck tck) {
        String name = System.getProperty(PROFILE, "");
        return name.isEmpty() ? tck : tck.profile(profile(name));
    }

    private static Profile profile(String name) {
        return Stream.of(Profile.values())
                .filter(profile -> profile.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "-D%s is '%s', and must be quick, full or soak".formatted(PROFILE, name)));
    }

    private static DynamicNode container(RuleGroup group, TckSession session, List<RuleResult> results) {
        return dynamicContainer(group.name(), group.rules().stream().map(rule -> test(rule, session, results)));
    }

    private static DynamicTest test(Rule rule, TckSession session, List<RuleResult> results) {
        return dynamicTest(rule.title(), () -> {
            RuleResult result = session.run(rule);
            results.add(result);
            verify(result, session);
        });
    }

    private static void verify(RuleResult result, TckSession session) {
        if (result.status() == Status.WAIVED || isExcused(result, session)) {
            throw shown(new TestAbortedException(result.text()));
        }
        if (result.status() == Status.FAIL || result.status() == Status.NOT_RUN) {
            throw shown(new AssertionError(result.text()));
        }
    }

    /** Without the frames of the runner: the text has those that matter. */
    private static <T extends Throwable> T shown(T thrown) {
        thrown.setStackTrace(new StackTraceElement[0]);
        return thrown;
    }

    /** A reason excuses from what is missing, not from a wrong set-up. */
    private static boolean isExcused(RuleResult result, TckSession session) {
        return result.status() == Status.NOT_RUN
                && session.excuse(result.rule()).isPresent()
                && session.fixtureProblem().isEmpty();
    }

    /** Fails only if the report cannot be written: what is in it has failed already. */
    private DynamicTest summary(TckReport report) {
        return dynamicTest("summary: " + report.summary(), () -> {
            String folder = System.getProperty(REPORTS, "");
            if (!folder.isEmpty()) {
                write(report, Path.of(folder));
            }
        });
    }

    private void write(TckReport report, Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            for (ReportFormat format : ReportFormat.values()) {
                Path file = folder.resolve(getClass().getName() + "." + format.extension());
                Files.writeString(file, format.text(report));
            }
        } catch (IOException e) {
            throw new IOException("cannot write the report to '%s', which -D%s names".formatted(folder, REPORTS), e);
        }
    }
}
