package io.headwater.tck.fuzz;

import io.headwater.Capabilities;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.Idempotency;
import io.headwater.tck.rule.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Runs random scripts, and compares the answers of a store with the contract:
 * {@code Fuzz.of("sqlite:events.db").run()}; or compares the answers of two stores:
 * {@code Fuzz.between("memory:a", "sqlite:b.db").run()}. Immutable.
 *
 * <p>The storage may contain other data and be in use: every run of a script uses names of its own. What a run wrote
 * stays in the storage. If the store can scavenge, scripts do so, and this also removes events that others deleted.
 */
public final class Fuzz {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SCRIPTS = 100;
    private static final int LENGTH = 40;

    private final List<Supplier<EventStore>> stores;
    private final Mode mode;
    private final Settings settings;

    /** What a run compares, and whether it closes the stores. */
    private enum Mode {
        MODEL_AND_STORE,
        MODEL_AND_OPEN_STORE,
        TWO_STORES
    }

    /** All settings except the stores. */
    private record Settings(
            int scripts, int length, long seed, Duration deadline, Set<Part> parts, IntConsumer progress) {

        static Settings defaults() {
            long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
            return new Settings(SCRIPTS, LENGTH, seed, DEADLINE, EnumSet.allOf(Part.class), done -> {});
        }
    }

    private Fuzz(List<Supplier<EventStore>> stores, Mode mode, Settings settings) {
        this.stores = List.copyOf(stores);
        this.mode = mode;
        this.settings = settings;
    }

    /** Compares the store at this URL with the contract. */
    public static Fuzz of(String url) {
        return of(() -> EventStores.open(url));
    }

    /** Compares a store that this code opens with the contract. The run closes it. */
    public static Fuzz of(Supplier<EventStore> store) {
        return new Fuzz(List.of(store), Mode.MODEL_AND_STORE, Settings.defaults());
    }

    /**
     * Compares an open store with the contract, or several instances over the same storage, which are called in turn.
     * The run does not close them.
     */
    public static Fuzz over(EventStore... instances) {
        List<Supplier<EventStore>> stores = new ArrayList<>();
        List.of(instances).forEach(instance -> stores.add(() -> instance));
        return new Fuzz(stores, Mode.MODEL_AND_OPEN_STORE, Settings.defaults());
    }

    /** Compares two stores with each other. */
    public static Fuzz between(String oneUrl, String otherUrl) {
        return between(() -> EventStores.open(oneUrl), () -> EventStores.open(otherUrl));
    }

    /** Compares two stores that this code opens. The run closes them. */
    public static Fuzz between(Supplier<EventStore> one, Supplier<EventStore> other) {
        return new Fuzz(List.of(one, other), Mode.TWO_STORES, Settings.defaults());
    }

    private Fuzz with(Settings changed) {
        return new Fuzz(stores, mode, changed);
    }

    /** Returns a copy that runs this number of scripts. */
    public Fuzz scripts(int count) {
        checkPositive(count, "scripts");
        return with(new Settings(
                count, settings.length, settings.seed, settings.deadline, settings.parts, settings.progress));
    }

    /** Returns a copy with scripts of this number of steps. The reads at the end of a script do not count. */
    public Fuzz length(int steps) {
        checkPositive(steps, "steps");
        return with(new Settings(
                settings.scripts, steps, settings.seed, settings.deadline, settings.parts, settings.progress));
    }

    private static void checkPositive(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException("at least 1 of " + what + " is needed, not " + number);
        }
    }

    /** Returns a copy with this seed instead of a random one. */
    public Fuzz seed(long seed) {
        return with(new Settings(
                settings.scripts, settings.length, seed, settings.deadline, settings.parts, settings.progress));
    }

    /** Returns a copy with this time limit for each script. */
    public Fuzz deadline(Duration each) {
        return with(new Settings(
                settings.scripts, settings.length, settings.seed, each, settings.parts, settings.progress));
    }

    /**
     * Returns a copy whose scripts use only these parts of a store. Parts that the store does not support are never
     * used.
     */
    public Fuzz parts(Set<Part> parts) {
        return with(new Settings(
                settings.scripts,
                settings.length,
                settings.seed,
                settings.deadline,
                Set.copyOf(parts),
                settings.progress));
    }

    /** Returns a copy that calls this after each script, with the number of scripts that were run. */
    public Fuzz progress(IntConsumer progress) {
        return with(new Settings(
                settings.scripts, settings.length, settings.seed, settings.deadline, settings.parts, progress));
    }

    /**
     * Runs the scripts, up to the first one with a difference, which is then reduced to the smallest script that still
     * shows a difference. Blocks. Throws the exceptions of opening a store; a later failure of a store is reported as a
     * difference.
     */
    public FuzzReport run() {
        List<EventStore> open = new ArrayList<>();
        try {
            stores.forEach(store -> open.add(store.get()));
            FuzzRun run = new FuzzRun(contest(open), generator(open), settings.deadline);
            return run.of(settings.seed, settings.scripts, settings.progress);
        } finally {
            if (mode != Mode.MODEL_AND_OPEN_STORE) {
                open.forEach(this::close);
            }
        }
    }

    /**
     * Closes the stores. A store that hangs may hang here, too, so this has the same time limit, after which the store
     * is abandoned.
     */
    private void close(EventStore store) {
        try {
            Deadline.call(settings.deadline, () -> {
                store.close();
                return true;
            });
        } catch (Throwable ignored) {
            // The report is about the store's answers; the lifecycle rules (L2) check how it closes.
        }
    }

    private ScriptGenerator generator(List<EventStore> open) {
        Set<Part> parts = EnumSet.copyOf(settings.parts);
        parts.retainAll(Part.of(capabilities(open)));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("the store supports none of the parts " + settings.parts);
        }
        return new ScriptGenerator(parts, idempotency(open), settings.length);
    }

    private ScriptComparison contest(List<EventStore> open) {
        if (mode == Mode.TWO_STORES) {
            return new ScriptComparison(run -> open.stream()
                    .<Subject>map(store -> new StoreSubject(List.of(store), run))
                    .toList());
        }
        return new ScriptComparison(run -> List.of(new Model(idempotency(open)), new StoreSubject(open, run)));
    }

    private static Capabilities capabilities(List<EventStore> open) {
        return open.stream()
                .map(EventStore::capabilities)
                .reduce(Capabilities::intersect)
                .orElseThrow();
    }

    /** Leaves out repeats if the stores recognise them for different times, because their answers may then differ. */
    private static Idempotency idempotency(List<EventStore> open) {
        List<Idempotency> levels = open.stream()
                .map(store -> store.capabilities().idempotency())
                .distinct()
                .toList();
        return levels.size() == 1 ? levels.get(0) : Idempotency.BEST_EFFORT;
    }
}
