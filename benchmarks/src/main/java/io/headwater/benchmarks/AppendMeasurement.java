package io.headwater.benchmarks;

import io.headwater.EventStores;
import io.headwater.benchmarks.AppendVariant.Appends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One measurement of appends, in a new store, so that earlier events have no effect on it. */
record AppendMeasurement(Storage storage, AppendVariant variant, int batch, int writers, Path folder)
        implements Variant.Run {
    private static final int WARM_UP_PART = 4;

    @Override
    public double measure(Duration time) throws Exception {
        try (StoreLocation site = StoreLocation.in(folder, storage)) {
            EventStores.open(site.url()).close(); // Creates the tables, the same for all.
            try (Appends appends = variant.open(site.path(), writers)) {
                return measure(appends, time);
            }
        }
    }

    /**
     * The first appends of each writer are not measured: they create streams, open connections and prepare statements.
     */
    private double measure(Appends appends, Duration time) throws Exception {
        List<Writer> threads = new ArrayList<>();
        for (int number = 0; number < writers; number++) {
            Writer writer = new Writer(appends.writer(number), new SampleEvents(Settings.SEED + number), batch);
            writer.once();
            threads.add(writer);
        }
        ClosedLoop.eventsPerSecond(threads, time.dividedBy(WARM_UP_PART), storage.maxEvents());
        double rate = ClosedLoop.eventsPerSecond(threads, time, storage.maxEvents());
        check(threads, appends.stored());
        return rate;
    }

    private void check(List<Writer> threads, long stored) {
        long appended = threads.stream().mapToLong(writer -> writer.appended).sum();
        if (appended != stored) {
            throw new IllegalStateException(
                    "%s: %s events were appended and %s are in the store".formatted(variant.name(), appended, stored));
        }
    }

    private static final class Writer implements Work {
        private final Appender appender;
        private final SampleEvents events;
        private final int batch;
        private long appended;

        Writer(Appender appender, SampleEvents events, int batch) {
            this.appender = appender;
            this.events = events;
            this.batch = batch;
        }

        @Override
        public int once() throws Exception {
            appender.append(events.next(batch));
            appended += batch;
            return batch;
        }
    }
}
