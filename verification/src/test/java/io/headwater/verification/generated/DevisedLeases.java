package io.headwater.verification.generated;

import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Leases in situations of their own (K3). */
final class DevisedLeases {
    private DevisedLeases() {}

    static Stream<Generated> all() {
        return Stream.of(expired(), epochs(), terms(), takeOvers()).flatMap(each -> each);
    }

    private static CheckpointStore sound(Call call) {
        return call.sound().checkpoints();
    }

    private static boolean isListed(Call call, Lease lease) {
        return sound(call)
                .holder(lease.subscription())
                .filter(holder -> holder.lease().equals(lease))
                .isPresent();
    }

    /** A holder keeps an expired lease until another owner acquires it. */
    private static Stream<Generated> expired() {
        return Stream.of(
                Devised.of(
                        Operation.RENEW,
                        "what expired is not renewed",
                        () -> call -> isListed(call, call.argument(0, Lease.class)) ? call.proceed() : false),
                Devised.of(
                        Operation.SAVE,
                        "what expired is fenced",
                        () -> call ->
                                isListed(call, call.argument(0, Lease.class)) ? call.proceed() : SaveResult.FENCED),
                Devised.of(
                        Operation.CHANGE,
                        "what expired changes no record",
                        () -> call -> isListed(call, call.argument(0, Lease.class)) ? call.proceed() : false),
                Devised.of(Operation.RENEW_ALL, "what expired is not renewed", () -> call -> {
                    List<?> listed = ((Collection<?>) call.argument(0))
                            .stream()
                                    .filter(lease -> isListed(call, (Lease) lease))
                                    .toList();
                    return call.proceed(listed, call.argument(1));
                }),
                Devised.of(Operation.SAVE_ALL, "what expired is fenced", () -> call -> {
                    Map<Lease, SaveResult> results = new LinkedHashMap<>();
                    for (Object each : (List<?>) call.argument(0)) {
                        Save save = (Save) each;
                        results.put(
                                save.lease(),
                                isListed(call, save.lease())
                                        ? sound(call)
                                                .save(save.lease(), save.partition(), save.position(), save.changes())
                                        : SaveResult.FENCED);
                    }
                    return results;
                }),
                Devised.of(
                        Operation.TAKE_OVER,
                        "what expired is not taken over",
                        () -> call ->
                                isListed(call, call.argument(0, Holder.class).lease())
                                        ? call.proceed()
                                        : Optional.empty()),
                Devised.of(
                        Operation.RELEASE,
                        "what expired is not released",
                        () -> call -> isListed(call, call.argument(0, Lease.class)) ? call.proceed() : null),
                Devised.across(Operation.RELEASE, "who releases a lease can save until it is given again", () -> {
                    Map<String, Lease> released = new ConcurrentHashMap<>();
                    return call -> {
                        if (call.is(Operation.RELEASE)) {
                            Lease lease = call.argument(0, Lease.class);
                            if (isListed(call, lease)) {
                                released.put(lease.subscription(), lease);
                            }
                            return call.proceed();
                        }
                        if (call.is(Operation.ACQUIRE)) {
                            released.remove((String) call.argument(0));
                        }
                        if (call.is(Operation.CHANGE)
                                && call.argument(0)
                                        .equals(released.get(
                                                call.argument(0, Lease.class).subscription()))) {
                            @SuppressWarnings("unchecked")
                            List<RecordChange> changes = (List<RecordChange>) call.argument(1);
                            sound(call).change(call.argument(0, Lease.class).subscription(), changes);
                            return true;
                        }
                        return call.proceed();
                    };
                }));
    }

    private static Stream<Generated> epochs() {
        return Stream.of(
                epochs("epochs begin again after a release where nothing is saved", Set.of(Operation.RELEASE), true),
                epochs("epochs begin again after a forget", Set.of(Operation.FORGET), false),
                epochs("epochs begin again after a reset", Set.of(Operation.RESET), false),
                epochs("epochs begin again after a forget where nothing is saved", Set.of(Operation.FORGET), true),
                Devised.across(
                        Operation.ACQUIRE,
                        "the owner's own acquisition keeps the epoch when it expired",
                        () -> new Ours(true)),
                Devised.across(
                        Operation.ACQUIRE,
                        "the owner's own acquisition keeps the epoch when it is held",
                        () -> new Ours(false)));
    }

    private static Generated epochs(String fault, Set<Operation> begin, boolean onlyUnsaved) {
        return Devised.across(Operation.ACQUIRE, fault, () -> new BeginningEpochs(begin, onlyUnsaved));
    }

    /** Shows epochs less what they were when they began again. */
    private static final class BeginningEpochs implements Fault {
        private final Set<Operation> begin;
        private final boolean onlyUnsaved;
        private final Map<String, Long> highest = new ConcurrentHashMap<>();
        private final Map<String, Long> base = new ConcurrentHashMap<>();

        BeginningEpochs(Set<Operation> begin, boolean onlyUnsaved) {
            this.begin = begin;
            this.onlyUnsaved = onlyUnsaved;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            boolean held = !call.is(Operation.RELEASE)
                    || isListed(call, moved(call.argument(0, Lease.class), baseOf(call.argument(0, Lease.class))));
            Object answer =
                    call.proceed(Deep.arguments(call.arguments(), Lease.class, lease -> moved(lease, baseOf(lease))));
            if (begin.contains(call.operation()) && held) {
                String subscription =
                        call.argument(0) instanceof Lease lease ? lease.subscription() : (String) call.argument(0);
                if (!onlyUnsaved || sound(call).load(subscription).isEmpty()) {
                    base.put(subscription, highest.getOrDefault(subscription, 0L));
                }
            }
            return Deep.changed(answer, Lease.class, lease -> {
                highest.merge(lease.subscription(), lease.epoch(), Math::max);
                return moved(lease, -baseOf(lease));
            });
        }

        private long baseOf(Lease lease) {
            return base.getOrDefault(lease.subscription(), 0L);
        }

        private static Lease moved(Lease lease, long by) {
            return new Lease(lease.subscription(), lease.owner(), lease.epoch() + by);
        }
    }

    /** The lease of an owner who acquires it again is the one that it had. */
    private static final class Ours implements Fault {
        private final boolean onlyExpired;
        private final Map<String, Lease> last = new ConcurrentHashMap<>();

        Ours(boolean onlyExpired) {
            this.onlyExpired = onlyExpired;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.RELEASE, Operation.RESET, Operation.FORGET, Operation.TAKE_OVER)) {
                last.values().removeIf(lease -> isAbout(call, lease));
            }
            if (!call.is(Operation.ACQUIRE)) {
                return call.proceed();
            }
            String subscription = (String) call.argument(0);
            Lease own = last.get(subscription);
            if (own != null
                    && own.owner().equals(call.argument(1))
                    && isListed(call, own) != onlyExpired
                    && sound(call).renew(own, call.argument(2, Duration.class))) {
                return Optional.of(own);
            }
            Object given = call.proceed();
            ((Optional<?>) Objects.requireNonNull(given)).ifPresent(lease -> last.put(subscription, (Lease) lease));
            return given;
        }

        private static boolean isAbout(Call call, Lease lease) {
            Object first = call.argument(0);
            return first.equals(lease)
                    || first.equals(lease.subscription())
                    || first instanceof Holder holder && holder.lease().equals(lease);
        }
    }

    private static Generated term(Operation operation, int index, String fault, UnaryOperator<Duration> change) {
        return Devised.of(operation, fault, () -> call -> {
            Object[] arguments = call.arguments();
            arguments[index] = change.apply((Duration) arguments[index]);
            return call.proceed(arguments);
        });
    }

    private static Duration cut(Duration term, ChronoUnit unit) {
        Duration cut = term.truncatedTo(unit);
        return cut.isZero() ? unit.getDuration() : cut;
    }

    private static Stream<Generated> terms() {
        return Stream.of(
                term(Operation.ACQUIRE, 2, "terms have whole seconds", term -> cut(term, ChronoUnit.SECONDS)),
                term(Operation.RENEW, 1, "terms have whole seconds", term -> cut(term, ChronoUnit.SECONDS)),
                term(Operation.TAKE_OVER, 2, "terms have whole seconds", term -> cut(term, ChronoUnit.SECONDS)),
                term(Operation.RENEW_ALL, 1, "terms have whole seconds", term -> cut(term, ChronoUnit.SECONDS)),
                term(Operation.RENEW, 1, "terms have whole milliseconds", term -> cut(term, ChronoUnit.MILLIS)),
                term(Operation.RENEW_ALL, 1, "terms have whole milliseconds", term -> cut(term, ChronoUnit.MILLIS)),
                term(Operation.TAKE_OVER, 2, "terms have whole milliseconds", term -> cut(term, ChronoUnit.MILLIS)),
                term(
                        Operation.RENEW,
                        1,
                        "terms are of a day at most",
                        term -> term.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : term),
                term(
                        Operation.RENEW_ALL,
                        1,
                        "terms are of a day at most",
                        term -> term.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : term),
                term(
                        Operation.TAKE_OVER,
                        2,
                        "terms are of a day at most",
                        term -> term.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : term),
                Devised.across(Operation.RENEW, "a renewal adds to the time that is left", () -> call -> {
                    if (!call.is(Operation.RENEW)) {
                        return call.proceed();
                    }
                    Lease lease = call.argument(0, Lease.class);
                    Duration left = sound(call)
                            .holder(lease.subscription())
                            .map(holder -> Duration.between(Instant.now(), holder.until()))
                            .filter(time -> !time.isNegative() && time.compareTo(Duration.ofDays(2)) < 0)
                            .orElse(Duration.ZERO);
                    return call.proceed(lease, call.argument(1, Duration.class).plus(left));
                }),
                Devised.of(Operation.RENEW, "a shorter term does not shorten a lease", () -> call -> {
                    Lease lease = call.argument(0, Lease.class);
                    Duration before = sound(call)
                            .holder(lease.subscription())
                            .map(Holder::term)
                            .orElse(Duration.ZERO);
                    Duration term = call.argument(1, Duration.class);
                    return call.proceed(lease, before.compareTo(term) > 0 ? before : term);
                }),
                Devised.of(Operation.HOLDER, "the number of renewals is that of all holders", () -> {
                    Map<String, Long> all = new ConcurrentHashMap<>();
                    Set<Holder> seen = ConcurrentHashMap.newKeySet();
                    return call -> Deep.changed(call.proceed(), Holder.class, holder -> {
                        String name = holder.lease().subscription();
                        long renewals = seen.add(holder) ? all.merge(name, 1L, Long::sum) : all.getOrDefault(name, 1L);
                        return new Holder(holder.lease(), holder.until(), holder.term(), renewals - 1);
                    });
                }),
                Devised.of(Operation.HOLDERS, "a lease is listed as long as its first term lasts", () -> {
                    Map<Lease, Instant> first = new ConcurrentHashMap<>();
                    return call -> ((List<?>) Objects.requireNonNull(call.proceed()))
                            .stream()
                                    .map(Holder.class::cast)
                                    .map(holder -> new Holder(
                                            holder.lease(),
                                            first.computeIfAbsent(holder.lease(), unknown -> holder.until()),
                                            holder.term(),
                                            holder.renewals()))
                                    .toList();
                }));
    }

    private static Stream<Generated> takeOvers() {
        return Stream.of(
                Devised.of(
                        Operation.TAKE_OVER,
                        "an owner takes over no lease of its own",
                        () -> call ->
                                call.argument(0, Holder.class).lease().owner().equals(call.argument(1))
                                        ? Optional.empty()
                                        : call.proceed()),
                Devised.of(Operation.TAKE_OVER, "only the epoch is compared", () -> call -> {
                    Holder seen = call.argument(0, Holder.class);
                    Optional<Holder> now = sound(call)
                            .holder(seen.lease().subscription())
                            .filter(holder ->
                                    holder.lease().epoch() == seen.lease().epoch());
                    return now.isPresent()
                            ? call.proceed(now.get(), call.argument(1), call.argument(2))
                            : call.proceed();
                }),
                Devised.of(Operation.TAKE_OVER, "only the time is compared", () -> call -> {
                    Holder seen = call.argument(0, Holder.class);
                    Optional<Holder> now = sound(call)
                            .holder(seen.lease().subscription())
                            .filter(holder -> holder.until().equals(seen.until()));
                    return now.isPresent()
                            ? call.proceed(now.get(), call.argument(1), call.argument(2))
                            : call.proceed();
                }),
                Devised.of(Operation.RENEW_ALL, "leases of the first owner only are renewed", () -> call -> {
                    Set<Object> held = new HashSet<>();
                    Collection<?> leases = (Collection<?>) call.argument(0);
                    String owner =
                            leases.isEmpty() ? "" : ((Lease) leases.iterator().next()).owner();
                    for (Object lease : leases) {
                        if (((Lease) lease).owner().equals(owner)
                                && sound(call).renew((Lease) lease, call.argument(1, Duration.class))) {
                            held.add(lease);
                        }
                    }
                    return held;
                }));
    }
}
