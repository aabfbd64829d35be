package io.headwater.memory;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamWrite;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.AppendSeries;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        return new Appended(
                request.writes().stream().map(write -> write(write, now)).toList());
    }

    private AppendResult write(StreamWrite write, Instant now) {
        MemoryStream stream = storage.streamToWrite(write.stream());
        stream.beginAppend(write);
        write.events().forEach(event -> add(stream, event, now));
        return new AppendResult(write.stream(), stream.version(), storage.head(), false);
    }

    private void add(MemoryStream stream, EventData event, Instant now) {
        RecordedEvent recorded = new RecordedEvent(
                stream.id,
                stream.version() + 1,
                storage.nextPosition(),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                now);
        stream.add(recorded);
        storage.log.add(recorded);
    }
}
