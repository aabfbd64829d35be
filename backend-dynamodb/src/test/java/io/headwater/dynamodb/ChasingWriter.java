package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.tck.rule.Journal;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Reads a stream's events in the log, and appends behind the last one: a conflict only if another one is there already (A4). */
final class ChasingWriter {
    private static final StreamId CHASED = StreamId.of("chased", "1");
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final EventStore store;
    private final StreamId own;
    private final Function<AppendRequest, AppendOutcome> append;
    private Position next = Position.START;

    /** The one of this number, whose appends are recorded. */
    ChasingWriter(int number, EventStore store, Acknowledgements acknowledgements, Journal journal) {
        Function<AppendRequest, AppendOutcome> call = acknowledgements.of(store::tryAppend);
        this.store = store;
        this.own = StreamId.of("chaser", Integer.toString(number));
        this.append = request -> journal.append(call, request);
    }

    /** Goes on for as long as this says so. Returns how many appends went through. */
    int run(BooleanSupplier goesOn) {
        decided(AppendRequest.to(CHASED, ExpectedVersion.any(), event()));
        int appended = 0;
        while (goesOn.getAsBoolean()) {
            List<RecordedEvent> events = read();
            if (!events.isEmpty()) {
                appended += appendBehind(events.get(events.size() - 1).version()) ? 1 : 0;
            }
            Soak.pause(PAUSE);
        }
        return appended;
    }

    private List<RecordedEvent> read() {
        try {
            var page = store.readLog(LogQuery.category("chased").after(next).limit(20));
            next = page.scannedTo();
            return page.events();
        } catch (StoreUnavailable later) {
            return List.of();
        }
    }

    /** To one stream, or to two. */
    private boolean appendBehind(long version) {
        AppendRequest request = AppendRequest.to(CHASED, ExpectedVersion.exactly(version), event());
        AppendOutcome outcome = decided(version % 2 == 0 ? request : request.and(own, ExpectedVersion.any(), event()));
        if (outcome instanceof Conflict conflict) {
            assertThat(conflict.violations())
                    .as("conflict of an append behind event %s that was read in the log", version)
                    .allMatch(violation -> violation.actual() > version);
        }
        return outcome instanceof Appended;
    }

    private static EventData event() {
        return EventData.json("chased", "{}");
    }

    private AppendOutcome decided(AppendRequest request) {
        while (true) {
            try {
                return append.apply(request);
            } catch (AppendOutcomeUnknown | StoreUnavailable again) {
                Soak.pause(PAUSE);
            }
        }
    }
}
