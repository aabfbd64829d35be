package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The time from the beginning of an append until the handler is called with the event, and how much of it the append took. */
final class LatencyBenchmark extends Benchmark {
    private static final int IDLE_RATE = 4;
    private static final int IDLE_TIMES = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Goal BEYOND_APPEND = Goal.below(5);
    private static final Goal ACROSS_PROCESSES = Goal.below(30);

    LatencyBenchmark(Target target, Settings settings, Path folder, Report report) {
        super(target, settings, folder, report);
    }

    void run() throws Exception {
        try (StoreLocation site = StoreLocation.in(folder, target);
                EventStore store = EventStores.open(site.url())) {
            Deliveries deliveries = new Deliveries();
            try (HandOver threads = new HandOver(deliveries::add)) {
                measure(deliveries, threads, "one thread to another", Goal.NONE);
            }
            try (Subscription subscription = store.subscribe(
                    SubscriptionOptions.ephemeral().fromNow(), event -> deliveries.add(TimedAppends.sentAt(event)))) {
                if (!subscription.awaitLive(PATIENCE)) {
                    throw late();
                }
                inProcess(deliveries, store);
                if (target.isShared()) {
                    try (OtherProcess there = OtherProcess.start(site.url())) {
                        measure(deliveries, there, "append to delivery across processes", ACROSS_PROCESSES);
                    }
                }
            }
        }
    }

    private void measure(Deliveries deliveries, Sender sender, String what, Goal goal) throws Exception {
        for (Load load : List.of(idle(), loaded())) {
            Percentiles latency = new Percentiles(what + load.words);
            inRounds(sender, load, latency.what, (sent, counts) -> latency.add(deliveries.take(sent), counts));
            latency.report(load.hasGoals ? goal : Goal.NONE);
        }
    }

    /** Events arrive in the order of their appends, since one thread appends and one handles. */
    private void inProcess(Deliveries deliveries, EventStore store) throws Exception {
        List<Double> appends = new ArrayList<>();
        Sender sender = new TimedAppends(store, appends::add);
        for (Load load : List.of(idle(), loaded())) {
            Percentiles append = new Percentiles("append alone" + load.words);
            Percentiles delivery = new Percentiles("append to delivery in process" + load.words);
            Percentiles beyond = new Percentiles("end of append to delivery in process" + load.words);
            inRounds(sender, load, delivery.what, (sent, counts) -> {
                Samples appended = new Samples(appends);
                Samples delivered = deliveries.take(sent);
                appends.clear();
                append.add(appended, counts);
                delivery.add(delivered, counts);
                beyond.add(delivered.minus(appended), counts);
            });
            append.report(Goal.NONE);
            delivery.report(Goal.NONE);
            beyond.report(load.hasGoals ? BEYOND_APPEND : Goal.NONE);
        }
    }

    private void inRounds(Sender sender, Load load, String what, RoundEnd end) throws Exception {
        settings.inRounds(target.name() + " latency " + what, counts -> {
            System.gc();
            end.accept(sender.send(load.perSecond, settings.time().multipliedBy(load.times)), counts);
        });
    }

    private static Load idle() {
        return new Load(", idle", IDLE_RATE, IDLE_TIMES, true);
    }

    private Load loaded() {
        return new Load(String.format(Locale.ROOT, ", %,d events/s", settings.rate()), settings.rate(), 1, false);
    }

    /**
     * How many events are sent.
     *
     * @param times how much longer a round is than those of other benchmarks
     * @param hasGoals whether the goals are meant for this load
     */
    private record Load(String words, int perSecond, int times, boolean hasGoals) {}

    /** Takes the samples of a round in which this number of events was sent. */
    @FunctionalInterface
    private interface RoundEnd {
        void accept(int sent, boolean counts) throws InterruptedException;
    }

    /** Percentiles of each round that counts. */
    private final class Percentiles {
        private final String what;
        private final List<Double> medians = new ArrayList<>();
        private final List<Double> p99s = new ArrayList<>();

        Percentiles(String what) {
            this.what = what;
        }

        void add(Samples millis, boolean counts) {
            if (counts) {
                medians.add(millis.percentile(50));
                p99s.add(millis.percentile(99));
            }
        }

        void report(Goal goal) {
            report.add(new Figure(what + ", p50", "ms", new Samples(medians), Goal.NONE));
            report.add(new Figure(what + ", p99", "ms", new Samples(p99s), goal));
        }
    }

    private static IllegalStateException late() {
        return new IllegalStateException("a subscription took longer than " + PATIENCE);
    }

    /** Latencies of the delivered events, in milliseconds. */
    private static final class Deliveries {
        private final BlockingQueue<Double> millis = new LinkedBlockingQueue<>();

        void add(long sentAt) {
            millis.add((RandomTimes.now() - sentAt) / 1e6);
        }

        Samples take(int count) throws InterruptedException {
            List<Double> taken = new ArrayList<>();
            while (taken.size() < count) {
                Double next = millis.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (next == null) {
                    throw late();
                }
                taken.add(next);
            }
            return new Samples(taken);
        }
    }
}
