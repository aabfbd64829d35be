package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.exactly;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.List;

/** Appends as those of an application that changes what it has read, and tries again when another writer was first. */
public final class Increments {
    private Increments() {}

    /** Appends to a stream, in any way. */
    @FunctionalInterface
    public interface Appender {
        AppendOutcome append(StreamId stream, ExpectedVersion expected, List<EventData> events);
    }

    /**
     * Appends one event after the other, each at the version that was told last. All writers begin with what is known of the
     * empty stream, so that all but one are behind however fast the store is.
     *
     * @return the last version
     */
    public static long append(RuleContext rule, StreamId stream, int times, Appender to) {
        long version = 0;
        for (int done = 0; done < times; ) {
            AppendOutcome outcome = to.append(stream, exactly(version), rule.events(1));
            if (outcome instanceof Conflict conflict) {
                version = conflict.violations().get(0).actual();
            } else {
                version++;
                done++;
                Expect.equal(
                        "version after an increment",
                        version,
                        outcome.orThrow().get(0).version());
            }
        }
        return version;
    }
}
