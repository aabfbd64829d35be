package io.headwater.benchmarks;

import io.headwater.EventStores;
import io.headwater.benchmarks.Entrant.Appends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One measurement of appends, in a new store: nobody profits or suffers from what was written before. */
record AppendRun(Target target, Entrant entrant, int batch, int writers, Path folder) implements Contestant.Run {
    private static final int WARM_UP_PART = 4;

    @Override
    public double measure(Duration time) throws Exception {
        try (Site site = Site.in(folder, target)) {
            EventStores.open(site.url()).close(); // makes the tables, the same for all
            try (Appends appends = entrant.open(site.path(), writers)) {
                return measure(appends, time);
            }
        }
    }

    /** The first appends of each writer are not measured: they make streams, open connections and prepare statements. */
    private double measure(Appends appends, Duration time) throws Exception {
        List<Writer> threads = new ArrayList<>();
        for (int number = 0; number < writers; number++) {
            Writer writer = new Writer(appends.writer(number), new SampleEvents(Settings.SEED + number), batch);
            writer.once();
            threads.add(writer);
        }
        Load.eventsPerSecond(threads, time.dividedBy(WARM_UP_PART), target.mostEvents());
        double rate = Load.eventsPerSecond(threads, time, target.mostEvents());
        check(threads, appends.stored());
        return rate;
    }

    private void check(List<Writer> threads, long stored) {
        long appended = threads.stream().mapToLong(writer -> writer.appended).sum();
        if (appended != stored) {
            throw new IllegalStateException(
                    "%s: %s events were appended and %s are in the store".formatted(entrant.name(), appended, stored));
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
