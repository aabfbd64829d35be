package io.headwater;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store supports, and how well. Immutable.
 *
 * @param support by capability; {@link Support#NONE} for a capability that is not in the map
 * @param idempotency how repeats of appends without an exact expectation are recognised
 * @param logVisibility when appended events are visible in the global log
 * @param limits the limits of one append
 * @param reservedPrefix the text with which no id of a stream may begin, as the store keeps streams of its own under such ids; every
 *     call with such an id is refused with {@link InvalidRequest} (P2). Empty for most stores
 */
public record Capabilities(
        Map<Capability, Support> support,
        Idempotency idempotency,
        LogVisibility logVisibility,
        Limits limits,
        Optional<String> reservedPrefix) {

    /**
     * What a store supports.
     *
     * @throws InvalidRequest if the reserved prefix is no id of a stream: it would reserve all ids or none
     */
    public Capabilities {
        support = declared(support);
        ArgumentChecks.notNull(reservedPrefix, "reserved prefix")
                .ifPresent(prefix -> ArgumentChecks.name(prefix, "reserved prefix"));
    }

    /** What a store supports that reserves no prefix. */
    public Capabilities(
            Map<Capability, Support> support, Idempotency idempotency, LogVisibility logVisibility, Limits limits) {
        this(support, idempotency, logVisibility, limits, Optional.empty());
    }

    /** In the enum's order, for tables; without those that are absent, so that what is the same is equal. */
    private static Map<Capability, Support> declared(Map<Capability, Support> support) {
        Map<Capability, Support> declared = new EnumMap<>(Capability.class);
        declared.putAll(support);
        declared.values().removeIf(level -> level == Support.NONE);
        return Collections.unmodifiableMap(declared);
    }

    /**
     * The minimum that every store has: recent repeats are recognised, the log shows appends at once, and no capability is
     * supported.
     */
    public static Capabilities of(Limits limits) {
        return new Capabilities(Map.of(), Idempotency.RECENT, LogVisibility.IMMEDIATE, limits);
    }

    /** A copy with this level of support for these capabilities. */
    public Capabilities with(Support level, Capability... capabilities) {
        Map<Capability, Support> changed = new EnumMap<>(Capability.class);
        changed.putAll(support);
        List.of(capabilities).forEach(capability -> changed.put(capability, level));
        return new Capabilities(changed, idempotency, logVisibility, limits, reservedPrefix);
    }

    /**
     * A copy that reserves the ids of streams that begin with this prefix (P2).
     *
     * @throws InvalidRequest if the prefix is no id of a stream
     */
    public Capabilities reserving(String prefix) {
        return new Capabilities(support, idempotency, logVisibility, limits, Optional.of(prefix));
    }

    /** Whether calls with this id are refused, as the store reserves it (P2). */
    public boolean reserves(StreamId stream) {
        return reservedPrefix.filter(stream.value()::startsWith).isPresent();
    }

    /**
     * Checks that the store does not reserve this id (P2), as every call does.
     *
     * @throws InvalidRequest if it does
     */
    public void check(StreamId stream) {
        ArgumentChecks.that(
                !reserves(stream),
                () -> "stream id '%s' begins with '%s', which this store reserves for its own streams"
                        .formatted(ArgumentChecks.printable(stream.value()), reservedPrefix.orElse("")));
    }

    /** The level of support for a capability. */
    public Support support(Capability capability) {
        return support.getOrDefault(capability, Support.NONE);
    }

    /** Whether a capability is supported, natively or emulated. */
    public boolean supports(Capability capability) {
        return support(capability) != Support.NONE;
    }

    /** The capabilities among these that this store does not support. */
    public Set<Capability> missing(Collection<Capability> wanted) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        wanted.stream().filter(capability -> !supports(capability)).forEach(missing::add);
        return missing;
    }

    /**
     * Checks that the store supports all of these capabilities.
     *
     * @throws UnsupportedCapability with the capabilities that are missing
     */
    public void require(Capability... wanted) {
        Set<Capability> missing = missing(List.of(wanted));
        if (!missing.isEmpty()) {
            throw new UnsupportedCapability(missing);
        }
    }

    /**
     * What both stores support, for code that must run on either, as during a migration. Reserved is the prefix of either; where each
     * reserves one, the shorter.
     *
     * @throws InvalidRequest if each reserves a prefix, and neither begins with the other
     */
    public Capabilities intersect(Capabilities other) {
        Map<Capability, Support> both = new EnumMap<>(Capability.class);
        for (Capability capability : Capability.values()) {
            both.put(capability, lesser(support(capability), other.support(capability)));
        }
        return new Capabilities(
                both,
                lesser(idempotency, other.idempotency),
                logVisibility.bound().compareTo(other.logVisibility.bound()) >= 0 ? logVisibility : other.logVisibility,
                limits.intersect(other.limits),
                shorter(reservedPrefix, other.reservedPrefix));
    }

    private static Optional<String> shorter(Optional<String> one, Optional<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        String first = one.get();
        String second = other.get();
        ArgumentChecks.that(
                first.startsWith(second) || second.startsWith(first),
                "one store reserves ids that begin with '%s', the other '%s': ask each of them"
                        .formatted(first, second));
        return first.length() <= second.length() ? one : other;
    }

    /** Enums of this package are declared from best to least. */
    private static <E extends Enum<E>> E lesser(E one, E other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
