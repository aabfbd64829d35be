package io.headwater.tck;

import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.StoredTime;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the storage offers to the rules, and why it does not offer the rest. */
final class Offers {
    private static final String NO_FACET = "the backend has no facet " + HeldAppends.class.getSimpleName();

    private static final String OTHER_CLOCK = "the storage has a clock of its own";
    private static final Map<Need, StoredTime> CLOCKS =
            Map.of(Need.EVENT_CLOCK, StoredTime.RECORDED_AT, Need.LEASE_CLOCK, StoredTime.LEASE);
    private static final String NOT_PUT_BACK = "the set-up cannot put its storage back";

    private final Set<Need> offered;
    private final Map<Need, String> without;
    private final BooleanSupplier holdsAppends;
    private @Nullable Boolean holdsAppendsKnown;

    /** Asks whether the store can hold appends when a rule first needs that. */
    Offers(Set<Need> offered, Map<Need, String> without, BooleanSupplier holdsAppends) {
        this.offered = offered;
        this.without = without;
        this.holdsAppends = holdsAppends;
    }

    /** The clocks that a store of this configuration does not go by. */
    static Set<Need> clocksNotOf(Optional<EventStoreConfig> config) {
        Set<StoredTime> clocked = config.flatMap(Offers::provider)
                .map(BackendProvider::clockedTimes)
                .orElse(Set.of());
        return CLOCKS.keySet().stream()
                .filter(clock -> !clocked.contains(CLOCKS.get(clock)))
                .collect(Collectors.toSet());
    }

    private static Optional<BackendProvider> provider(EventStoreConfig config) {
        return EventStores.backends().stream()
                .filter(provider -> provider.schemes().contains(config.url().scheme()))
                .findFirst();
    }

    /** What is left when those are taken away that a reason was given for. */
    Set<Need> all() {
        return offered.stream().filter(need -> !without.containsKey(need)).collect(Collectors.toSet());
    }

    /** What this rule needs and the storage does not offer. */
    List<Need> missing(Rule rule) {
        return rule.needs().stream()
                .filter(need -> !offered.contains(need) || reason(need).isPresent())
                .sorted()
                .toList();
    }

    /** The reason why this rule cannot be run: a given one, or that the backend lacks what it need not have. */
    Optional<String> excuse(Rule rule) {
        return missing(rule).stream().flatMap(need -> reason(need).stream()).findFirst();
    }

    /**
     * Whether a claim may name this rule instead of running it: all that is missing is what storage need not have, and this
     * storage has not.
     */
    boolean canBeNamed(Rule rule) {
        return missing(rule).stream().allMatch(need -> need.isOptional() && isLacking(need));
    }

    private boolean isLacking(Need need) {
        return need == Need.HELD_APPEND ? !holdsAppends() : !offered.contains(need);
    }

    private Optional<String> reason(Need need) {
        Optional<String> given = Optional.ofNullable(without.get(need));
        if (given.isEmpty() && CLOCKS.containsKey(need) && !offered.contains(need)) {
            return Optional.of(OTHER_CLOCK);
        }
        if (given.isEmpty() && need == Need.PUT_BACK && !offered.contains(need)) {
            return Optional.of(NOT_PUT_BACK);
        }
        return given.isEmpty() && need == Need.HELD_APPEND && !holdsAppends() ? Optional.of(NO_FACET) : given;
    }

    private boolean holdsAppends() {
        if (holdsAppendsKnown == null) {
            holdsAppendsKnown = holdsAppends.getAsBoolean();
        }
        return holdsAppendsKnown;
    }
}
