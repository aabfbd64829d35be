package io.headwater.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The cost of subscriptions while nothing is appended: processor time of the whole process, and threads. */
final class IdleBenchmark extends Benchmark {
    private static final int MANY = 100;
    private static final int EVENTS = 100;
    private static final String PERCENT_UNIT = "% of a core";
    private static final Goal PERCENT = Goal.below(1);
    private static final Goal MORE_PERCENT = Goal.below(0.5);
    private static final Goal THREADS = Goal.below(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Each measurement lasts one second longer than the term of a lease. */
    private static final int TIMES = 5;

    IdleBenchmark(Target target, Settings settings, Path folder, Report report) {
        super(target, settings, folder, report);
    }

    void run() throws Exception {
        SubscriptionOptions ephemeral = SubscriptionOptions.ephemeral();
        Samples store = measure("an open store", List.of(), Goal.NONE, Goal.NONE);
        measure("1 subscription", List.of(ephemeral), Goal.NONE, Goal.NONE);
        measure(
                MANY + " subscriptions",
                IntStream.range(0, MANY).mapToObj(i -> ephemeral).toList(),
                PERCENT,
                THREADS);
        measure("1 durable subscription", durable(1), Goal.NONE, Goal.NONE);
        String many = MANY + " durable subscriptions";
        Samples all = measure(many, durable(MANY), PERCENT, THREADS);
        report.add(new Figure(
                "idle with " + many + ", more than an open store", PERCENT_UNIT, all.minus(store), MORE_PERCENT));
    }

    private static List<SubscriptionOptions> durable(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SubscriptionOptions.durable("idle-" + i))
                .toList();
    }

    /** Returns the percents of a core. */
    private Samples measure(String what, List<SubscriptionOptions> options, Goal percentGoal, Goal threadGoal)
            throws Exception {
        int threadsBefore = threads();
        try (StoreLocation site = StoreLocation.in(folder, target);
                EventStore store = EventStores.open(site.url())) {
            HeadwaterVariant.append(store, StreamId.of("idle-1"), 0, new SampleEvents(Settings.SEED).next(EVENTS));
            List<Subscription> subscriptions = options.stream()
                    .map(each -> store.subscribe(each, event -> {}))
                    .toList();
            for (Subscription subscription : subscriptions) {
                if (!subscription.awaitLive(PATIENCE)) {
                    throw new IllegalStateException("a subscription took longer than " + PATIENCE);
                }
            }
            return rest(what, threadsBefore, percentGoal, threadGoal);
        }
    }

    /** During the warm-up rounds, threads that are not needed any more end. */
    private Samples rest(String what, int threadsBefore, Goal percentGoal, Goal threadGoal) throws Exception {
        List<Double> percents = new ArrayList<>();
        List<Double> threads = new ArrayList<>();
        System.gc();
        settings.inRounds(target.name() + " idle with " + what, counts -> {
            double percent = percentOfCore(settings.time().multipliedBy(TIMES));
            if (counts) {
                percents.add(percent);
                threads.add(Math.max(0.0, threads() - threadsBefore));
            }
        });
        Samples percent = new Samples(percents);
        report.add(new Figure("idle with " + what, PERCENT_UNIT, percent, percentGoal));
        report.add(new Figure("idle with " + what, "threads", new Samples(threads), threadGoal));
        return percent;
    }

    private static double percentOfCore(Duration time) throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long begin = System.nanoTime();
        long before = system.getProcessCpuTime();
        Thread.sleep(time.toMillis());
        return 100.0 * (system.getProcessCpuTime() - before) / (System.nanoTime() - begin);
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
