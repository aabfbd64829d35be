package io.headwater.tck;

import io.headwater.EventStoreConfig;
import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What to check, and how: {@code Tck.of("sqlite:events.db").run()}. Immutable; each method returns a changed copy.
 *
 * <p>The storage may be shared and hold other events. The rules use unique names, and leave what they wrote in the storage.
 * The rules of {@link io.headwater.Capability#SCAVENGE} also remove events that other programs deleted.
 */
public final class Tck {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final StoreControl control;
    private final Settings settings;

    /** Everything but the storage. */
    record Settings(
            List<RuleGroup> catalogue,
            Set<String> only,
            Map<Need, String> without,
            Map<String, String> waivers,
            long seed,
            Profile profile,
            Duration deadline,
            double timeScale) {

        Settings only(Set<String> names) {
            return new Settings(catalogue, names, without, waivers, seed, profile, deadline, timeScale);
        }

        Settings catalogue(List<RuleGroup> groups) {
            return new Settings(groups, only, without, waivers, seed, profile, deadline, timeScale);
        }

        Settings without(Need need, String reason) {
            Map<Need, String> more = new EnumMap<>(Need.class);
            more.putAll(without);
            more.put(need, reason);
            return new Settings(
                    catalogue, only, Collections.unmodifiableMap(more), waivers, seed, profile, deadline, timeScale);
        }

        Settings waive(String id, String reason) {
            Map<String, String> more = new LinkedHashMap<>(waivers);
            more.put(id, reason);
            return new Settings(
                    catalogue, only, without, Collections.unmodifiableMap(more), seed, profile, deadline, timeScale);
        }

        Settings seed(long newSeed) {
            return new Settings(catalogue, only, without, waivers, newSeed, profile, deadline, timeScale);
        }

        Settings profile(Profile newProfile) {
            return new Settings(catalogue, only, without, waivers, seed, newProfile, deadline, timeScale);
        }

        Settings deadline(Duration newDeadline) {
            return new Settings(catalogue, only, without, waivers, seed, profile, newDeadline, timeScale);
        }

        Settings timeScale(double newScale) {
            return new Settings(catalogue, only, without, waivers, seed, profile, deadline, newScale);
        }

        /** The rules to run, by group; groups without any are left out. */
        List<RuleGroup> selected() {
            return catalogue.stream()
                    .map(group -> new RuleGroup(
                            group.name(),
                            group.rules().stream()
                                    .filter(rule -> isSelected(group, rule))
                                    .toList()))
                    .filter(group -> !group.rules().isEmpty())
                    .toList();
        }

        /** The rules of the catalogue, selected or not. */
        int count() {
            return catalogue.stream().mapToInt(group -> group.rules().size()).sum();
        }

        private boolean isSelected(RuleGroup group, Rule rule) {
            return only.isEmpty()
                    || only.contains(group.name())
                    || only.contains(rule.contractId())
                    || only.contains(rule.id());
        }
    }

    private Tck(StoreControl control, Settings settings) {
        this.control = control;
        this.settings = settings;
    }

    /** All rules, for the store of this URL. */
    public static Tck of(String url) {
        return of(EventStoreConfig.of(url));
    }

    /** All rules, for the store of this configuration. */
    public static Tck of(EventStoreConfig config) {
        return of(StoreControl.of(config));
    }

    /** All rules, for a store that is opened in code. */
    public static Tck of(StoreControl control) {
        long seed = ThreadLocalRandom.current().nextLong();
        return new Tck(
                control,
                new Settings(Catalogue.groups(), Set.of(), Map.of(), Map.of(), seed, Profile.FULL, DEADLINE, 1));
    }

    /** Runs only these: ids of rules, such as {@code A4.2}, ids of the contract, such as {@code A4}, or names of groups. */
    public Tck only(String... names) {
        Set<String> wanted = Set.of(names);
        wanted.forEach(this::checkKnown);
        return with(settings.only(wanted));
    }

    private void checkKnown(String name) {
        if (settings.only(Set.of(name)).selected().isEmpty()) {
            throw new IllegalArgumentException("no rule or group is called '" + name + "'");
        }
    }

    /** For storage that does not offer this, with the reason. Rules that need it are NOT-RUN, and that is not a failure. */
    public Tck without(Need need, String reason) {
        return with(settings.without(need, checkReason(reason)));
    }

    /** Allows that this rule fails, with the reason. It fails if the rule holds. */
    public Tck waive(String id, String reason) {
        if (settings.catalogue().stream()
                .flatMap(group -> group.rules().stream())
                .noneMatch(rule -> rule.id().equals(id))) {
            throw new IllegalArgumentException("no rule has the id '" + id + "'; rules are waived one by one");
        }
        return with(settings.waive(id, checkReason(reason)));
    }

    private static String checkReason(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a reason is missing");
        }
        return reason;
    }

    /** Uses this seed instead of a random one. */
    public Tck seed(long seed) {
        return with(settings.seed(seed));
    }

    /** Repeats rules about concurrent calls as this profile says, instead of {@link Profile#FULL}. */
    public Tck profile(Profile profile) {
        return with(settings.profile(profile));
    }

    /** Gives each rule this time, and a repeated rule this time for each repetition. */
    public Tck deadline(Duration each) {
        return with(settings.deadline(each));
    }

    /**
     * Waits this many times as long for what has to happen: more than 1 on a slow machine, less where the store is known to
     * be broken. Expectations and deadlines do not change.
     */
    public Tck timeScale(double scale) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("a time scale of " + scale + " leaves no time: it must be above 0");
        }
        return with(settings.timeScale(scale));
    }

    /** For the tests of the runner: a copy with these rules instead of the catalogue's. */
    Tck catalogue(RuleGroup... groups) {
        return with(settings.catalogue(List.of(groups)));
    }

    private Tck with(Settings changed) {
        return new Tck(control, changed);
    }

    /** For running the rules one by one. */
    public TckSession open() {
        return new TckSession(control, settings);
    }

    /** Runs the rules. Does not throw, whatever the store does. */
    public TckReport run() {
        try (TckSession session = open()) {
            return session.runAll();
        }
    }
}
