package io.headwater.memory;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamWrite;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Write;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.AppendSeries;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Decides and writes appends, one at a time. */
final class AppendEvents implements BulkImport {
    private final MemoryStorage storage;
    private final Clock clock;

    AppendEvents(MemoryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    AppendOutcome append(AppendRequest request) {
        AppendOutcome outcome = storage.write(
                () -> AppendDecision.decide(request, storage::stream).orElseGet(() -> write(request)));
        storage.wakeUps.fire();
        return outcome;
    }

    @Override
    public List<AppendOutcome> appendAll(List<AppendRequest> requests) {
        return AppendSeries.of(requests, this::append).orThrow();
    }

    private AppendOutcome write(AppendRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Appended appended = new Appended(request.writes().stream()
                .map(write -> recorded(storage, write, now))
                .toList());
        storage.add(appended);
        return new AppendOutcome.Appended(
                appended.writes().stream().map(AppendEvents::result).toList());
    }

    /** The events of a write as they will be stored, at the next positions of the log. */
    static Write recorded(MemoryStorage storage, StreamWrite write, Instant now) {
        long version = storage.stream(write.stream()).version();
        List<RecordedEvent> events = new ArrayList<>();
        for (EventData event : write.events()) {
            version++;
            events.add(new RecordedEvent(
                    write.stream(),
                    version,
                    storage.nextPosition(),
                    event.id(),
                    event.type(),
                    event.data(),
                    event.metadata(),
                    now));
        }
        return new Write(!AppendDecision.isExact(write.expected()), events);
    }

    private static AppendResult result(Write write) {
        Position last = write.events().get(write.events().size() - 1).position();
        return new AppendResult(write.stream(), write.version(), last, false);
    }
}
