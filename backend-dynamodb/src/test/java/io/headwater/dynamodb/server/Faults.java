package io.headwater.dynamodb.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The faults of a server, with their chances. They may be changed while calls are in progress. A seed makes the same
 * draws in the same order, so that calls that are made one after the other meet the same faults.
 */
public final class Faults {
    private record Rule(Fault fault, double chance, Predicate<Call> calls) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Random random = new Random(0);
    private volatile Duration maxDelay = Duration.ofMillis(50);
    private volatile Duration maxStaleness = Duration.ofMillis(200);
    private volatile VisibilityOrder order = new ShuffledOrder(this);

    Faults() {}

    /** For all calls that it can concern. */
    public Faults add(Fault fault, double chance) {
        return add(fault, chance, call -> true);
    }

    public Faults add(Fault fault, double chance, Predicate<Call> calls) {
        rules.add(new Rule(fault, chance, calls));
        return this;
    }

    /** For the next call of this kind only. */
    public Faults addOnce(Fault fault, Predicate<Call> calls) {
        AtomicBoolean done = new AtomicBoolean();
        return add(fault, 1, call -> calls.test(call) && !done.getAndSet(true));
    }

    public Faults seed(long seed) {
        synchronized (random) {
            random.setSeed(seed);
        }
        return this;
    }

    /** Of slow and late requests, and between items that become visible one after the other. */
    public Faults maxDelay(Duration delay) {
        maxDelay = delay;
        return this;
    }

    /** Reads see what was written since it was set, as it was up to this long ago. */
    public Faults maxStaleness(Duration staleness) {
        maxStaleness = staleness;
        return this;
    }

    /** In place of a random order with random pauses. */
    public Faults visibility(VisibilityOrder visibility) {
        order = visibility;
        return this;
    }

    /** Turns all faults off. Requests that are late stay on their way. */
    public Faults clear() {
        rules.clear();
        maxDelay = Duration.ofMillis(50);
        maxStaleness = Duration.ofMillis(200);
        order = new ShuffledOrder(this);
        return this;
    }

    Set<Fault> draw(Call call) {
        Set<Fault> drawn = EnumSet.noneOf(Fault.class);
        for (Rule rule : rules) {
            if (FaultKinds.concerns(rule.fault(), call) && rule.calls().test(call) && chance(rule.chance())) {
                drawn.add(rule.fault());
            }
        }
        return drawn;
    }

    /** What was replaced before this time need not be remembered. */
    long keepFrom(long now) {
        boolean stale = rules.stream().anyMatch(rule -> rule.fault() == Fault.STALE_READ);
        return stale ? now - maxStaleness.toNanos() : Long.MAX_VALUE;
    }

    VisibilityOrder visibility() {
        return order;
    }

    /** A time in the near past, of {@link System#nanoTime}. */
    long staleTime() {
        return System.nanoTime() - random(maxStaleness).toNanos();
    }

    Duration delay() {
        return random(maxDelay);
    }

    private Duration random(Duration maximum) {
        synchronized (random) {
            return Duration.ofNanos((long) (random.nextDouble() * maximum.toNanos()));
        }
    }

    boolean chance(double chance) {
        synchronized (random) {
            return random.nextDouble() < chance;
        }
    }

    int below(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    List<Integer> shuffled(int count) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        synchronized (random) {
            Collections.shuffle(order, random);
        }
        return order;
    }
}
