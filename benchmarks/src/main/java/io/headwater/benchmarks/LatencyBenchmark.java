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

/** The time from the beginning of an append until the handler is called with the event. */
final class LatencyBenchmark extends Benchmark {
    private static final int IDLE_RATE = 4;
    private static final int IDLE_TIMES = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Goal IN_PROCESS = Goal.below(5);
    private static final Goal ACROSS_PROCESSES = Goal.below(100);

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
                measure(deliveries, new TimedAppends(store), "append to delivery in process", IN_PROCESS);
                if (target.isShared()) {
                    try (OtherProcess there = OtherProcess.start(site.url())) {
                        measure(deliveries, there, "append to delivery across processes", ACROSS_PROCESSES);
                    }
                }
            }
        }
    }

    private void measure(Deliveries deliveries, Sender sender, String what, Goal goal) throws Exception {
        measure(deliveries, sender, what + ", idle", IDLE_RATE, IDLE_TIMES, goal);
        measure(
                deliveries,
                sender,
                what + String.format(Locale.ROOT, ", %,d events/s", settings.rate()),
                settings.rate(),
                1,
                Goal.NONE);
    }

    private void measure(Deliveries deliveries, Sender sender, String what, int perSecond, int times, Goal goal)
            throws Exception {
        List<Double> halves = new ArrayList<>();
        List<Double> most = new ArrayList<>();
        settings.inRounds(target.name() + " latency " + what, counts -> {
            System.gc();
            int sent = sender.send(perSecond, settings.time().multipliedBy(times));
            Samples millis = deliveries.take(sent);
            if (counts) {
                halves.add(millis.percentile(50));
                most.add(millis.percentile(99));
            }
        });
        report.add(new Figure(what + ", p50", "ms", new Samples(halves), Goal.NONE));
        report.add(new Figure(what + ", p99", "ms", new Samples(most), goal));
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
