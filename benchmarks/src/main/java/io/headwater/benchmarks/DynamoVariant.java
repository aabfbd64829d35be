package io.headwater.benchmarks;

import io.headwater.dynamodb.server.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A variant of appending whose write units are counted. */
final class DynamoVariant implements AppendVariant {
    private final DynamoStorage storage;
    private final AppendVariant variant;
    private final List<Double> unitsPerEvent = new ArrayList<>();

    DynamoVariant(DynamoStorage storage, AppendVariant variant) {
        this.storage = storage;
        this.variant = variant;
    }

    /** Of each measurement, the first ones included. */
    List<Double> unitsPerEvent() {
        return unitsPerEvent;
    }

    @Override
    public String name() {
        return variant.name();
    }

    @Override
    public Appends open(Path folder, int writers) throws Exception {
        return new Counted(variant.open(folder, writers), storage.server().usage());
    }

    private final class Counted implements Appends {
        private final Appends appends;
        private final Usage before;

        Counted(Appends appends, Usage before) {
            this.appends = appends;
            this.before = before;
        }

        @Override
        public Appender writer(int number) throws Exception {
            return appends.writer(number);
        }

        /** Asked once, at the end. */
        @Override
        public long stored() throws Exception {
            double units = storage.server().usage().minus(before).writeUnits();
            long events = appends.stored();
            unitsPerEvent.add(units / events);
            return events;
        }

        @Override
        public void close() {
            appends.close();
        }
    }
}
