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
 * Random scripts, and whether a store answers them as the contract says: {@code Fuzz.of("sqlite:events.db").run()}; or
 * whether two stores answer them alike: {@code Fuzz.between("memory:a", "sqlite:b.db").run()}. Immutable.
 *
 * <p>The storage may be shared and full: every run of a script uses names of its own, and leaves behind what it wrote. Where
 * a store can scavenge, that removes what others deleted, too.
 */
public final class Fuzz {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SCRIPTS = 100;
    private static final int LENGTH = 40;

    private final List<Supplier<EventStore>> stores;
    private final Mode mode;
    private final Settings settings;

    /** What is compared with what, and who closes it. */
    private enum Mode {
        MODEL_AND_STORE,
        MODEL_AND_OPEN_STORE,
        TWO_STORES
    }

    /** Everything but the stores. */
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

    /** The store of this URL, and the contract. */
    public static Fuzz of(String url) {
        return of(() -> EventStores.open(url));
    }

    /** A store that is opened in code, and the contract. The run closes it. */
    public static Fuzz of(Supplier<EventStore> store) {
        return new Fuzz(List.of(store), Mode.MODEL_AND_STORE, Settings.defaults());
    }

    /**
     * An open store, and the contract; or several instances over the same storage, which are called in turn. The run does not
     * close them.
     */
    public static Fuzz over(EventStore... instances) {
        List<Supplier<EventStore>> stores = new ArrayList<>();
        List.of(instances).forEach(instance -> stores.add(() -> instance));
        return new Fuzz(stores, Mode.MODEL_AND_OPEN_STORE, Settings.defaults());
    }

    /** Two stores, of which each is as right as the other. */
    public static Fuzz between(String oneUrl, String otherUrl) {
        return between(() -> EventStores.open(oneUrl), () -> EventStores.open(otherUrl));
    }

    /** Two stores that are opened in code. The run closes them. */
    public static Fuzz between(Supplier<EventStore> one, Supplier<EventStore> other) {
        return new Fuzz(List.of(one, other), Mode.TWO_STORES, Settings.defaults());
    }

    private Fuzz with(Settings changed) {
        return new Fuzz(stores, mode, changed);
    }

    /** A copy that runs this many scripts. */
    public Fuzz scripts(int count) {
        checkPositive(count, "scripts");
        return with(new Settings(
                count, settings.length, settings.seed, settings.deadline, settings.parts, settings.progress));
    }

    /** A copy with scripts of this many steps, before they read what they wrote. */
    public Fuzz length(int steps) {
        checkPositive(steps, "steps");
        return with(new Settings(
                settings.scripts, steps, settings.seed, settings.deadline, settings.parts, settings.progress));
    }

    private static void checkPositive(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " " + what + " prove nothing");
        }
    }

    /** A copy with this seed instead of a random one. */
    public Fuzz seed(long seed) {
        return with(new Settings(
                settings.scripts, settings.length, seed, settings.deadline, settings.parts, settings.progress));
    }

    /** A copy in which each script may take this long. */
    public Fuzz deadline(Duration each) {
        return with(new Settings(
                settings.scripts, settings.length, settings.seed, each, settings.parts, settings.progress));
    }

    /** A copy whose scripts use only these parts of a store; parts that a store has not are never used. */
    public Fuzz parts(Set<Part> parts) {
        return with(new Settings(
                settings.scripts,
                settings.length,
                settings.seed,
                settings.deadline,
                Set.copyOf(parts),
                settings.progress));
    }

    /** A copy that tells after each script how many were run. */
    public Fuzz progress(IntConsumer progress) {
        return with(new Settings(
                settings.scripts, settings.length, settings.seed, settings.deadline, settings.parts, progress));
    }

    /**
     * Runs the scripts, up to the first that goes wrong; that one is made as small as it can be. Blocks. Throws what opening
     * a store throws, and nothing else because of a store.
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

    /** What hangs may hang in this, too: it gets the same time, and is left behind. */
    private void close(EventStore store) {
        try {
            Deadline.call(settings.deadline, () -> {
                store.close();
                return true;
            });
        } catch (Throwable ignored) {
            // The report tells how the store answers; how it closes is for the rules of the lifecycle (L2).
        }
    }

    private ScriptGenerator generator(List<EventStore> open) {
        Set<Part> parts = EnumSet.copyOf(settings.parts);
        parts.retainAll(Part.of(capabilities(open)));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("the store offers none of " + settings.parts);
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

    /** Stores that recognise repeats for different times differ there by right. */
    private static Idempotency idempotency(List<EventStore> open) {
        List<Idempotency> levels = open.stream()
                .map(store -> store.capabilities().idempotency())
                .distinct()
                .toList();
        return levels.size() == 1 ? levels.get(0) : Idempotency.BEST_EFFORT;
    }
}
