package io.headwater.verification.generated;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Leases and checkpoints of owners that come again, of equal positions, of large numbers. */
final class AnewSubscriptions {
    private AnewSubscriptions() {}

    static Stream<Generated> all() {
        return Stream.of(ofPositions(), ofPartitions(), bySubscription(), ofLeases())
                .flatMap(each -> each);
    }

    /** Whether this position is the one that is stored. */
    private static boolean isStored(Call call) {
        return SubscriptionCalls.sound(call).load(call.argument(0, Lease.class).subscription()).stream()
                .anyMatch(saved -> saved.partition() == (int) call.argument(1)
                        && saved.position().equals(call.argument(2, Position.class)));
    }

    private static Stream<Generated> ofPositions() {
        return Stream.of(
                Anew.of(Operation.SAVE, "the same position is behind", call -> {
                    boolean stored = isStored(call);
                    return stored ? SaveResult.BEHIND : call.proceed();
                }),
                Anew.of(
                        Operation.SAVE,
                        "with the same position no record is changed",
                        call -> isStored(call)
                                ? call.proceed(call.argument(0), call.argument(1), call.argument(2), List.of())
                                : call.proceed()),
                Anew.of(Operation.SAVE, "the same position keeps the time", call -> {
                    boolean stored = isStored(call) && ((List<?>) call.argument(3)).isEmpty();
                    boolean held = SubscriptionCalls.sound(call)
                            .holder(call.argument(0, Lease.class).subscription())
                            .filter(holder -> holder.lease().equals(call.argument(0)))
                            .isPresent();
                    return stored && held ? SaveResult.SAVED : call.proceed();
                }),
                Anew.of(Operation.SAVE, "a save in another partition goes below the first", call -> {
                    Optional<Checkpoint> first =
                            SubscriptionCalls.sound(call)
                                    .load(call.argument(0, Lease.class).subscription())
                                    .stream()
                                    .findFirst();
                    boolean behind = first.isPresent()
                            && first.get().partition() < (int) call.argument(1)
                            && first.get().position().isAfter(call.argument(2, Position.class));
                    return behind ? SaveResult.BEHIND : call.proceed();
                }));
    }

    private static Stream<Generated> ofPartitions() {
        return Stream.of(
                partitions("partitions have 7 bits", partition -> partition & 0x7F),
                partitions("partitions have 15 bits", partition -> partition & 0x7FFF));
    }

    private static Generated partitions(String fault, IntUnaryOperator change) {
        return Anew.across(Operation.SAVE, fault, () -> call -> {
            if (call.is(Operation.SAVE)) {
                int partition = change.applyAsInt((int) call.argument(1));
                return call.proceed(call.argument(0), partition, call.argument(2), call.argument(3));
            }
            return call.is(Operation.SAVE_ALL)
                    ? call.proceed(Deep.arguments(
                            call.arguments(),
                            Save.class,
                            save -> new Save(
                                    save.lease(),
                                    change.applyAsInt(save.partition()),
                                    save.position(),
                                    save.changes())))
                    : call.proceed();
        });
    }

    /** What is answered is found by the subscription, not by the lease. */
    private static Stream<Generated> bySubscription() {
        return Stream.of(
                Anew.of(Operation.RENEW_ALL, "a lost lease is held as a later one of its subscription is", call -> {
                    Set<String> held = new HashSet<>();
                    ((Collection<?>) Objects.requireNonNull(call.proceed()))
                            .forEach(lease -> held.add(((Lease) lease).subscription()));
                    Set<Object> answer = new HashSet<>();
                    for (Object lease : (Collection<?>) call.argument(0)) {
                        if (held.contains(((Lease) lease).subscription())) {
                            answer.add(lease);
                        }
                    }
                    return answer;
                }),
                Anew.of(Operation.SAVE_ALL, "the results are those of the last of each subscription", call -> {
                    Map<String, Object> last = new LinkedHashMap<>();
                    Map<?, ?> results = (Map<?, ?>) Objects.requireNonNull(call.proceed());
                    for (Object save : call.argument(0, List.class)) {
                        Lease lease = ((Save) save).lease();
                        last.put(lease.subscription(), Objects.requireNonNull(results.get(lease)));
                    }
                    Map<Object, Object> answer = new LinkedHashMap<>();
                    results.forEach((lease, result) -> answer.put(lease, last.get(((Lease) lease).subscription())));
                    return answer;
                }));
    }

    private static Stream<Generated> ofLeases() {
        return Stream.of(
                Anew.of(Operation.ACQUIRE, "the owner's own acquisition does not shorten the term", call -> {
                    Optional<Holder> before = SubscriptionCalls.sound(call)
                            .holder((String) call.argument(0))
                            .filter(holder -> holder.lease().owner().equals(call.argument(1))
                                    && holder.term().compareTo(call.argument(2, Duration.class)) > 0);
                    return before.isPresent()
                            ? call.proceed(
                                    call.argument(0),
                                    call.argument(1),
                                    before.get().term())
                            : call.proceed();
                }),
                Anew.across(Operation.ACQUIRE, "epochs are counted for each owner", EpochsOfOwners::new),
                Anew.across(
                        Operation.HOLDERS,
                        "what was reset is listed until it expires",
                        () -> new Revoked(Operation.RESET)),
                Anew.across(
                        Operation.HOLDERS,
                        "what was forgotten is listed until it expires",
                        () -> new Revoked(Operation.FORGET)),
                Anew.across(
                        Operation.HOLDERS,
                        "what was released is listed until it expires",
                        () -> new Revoked(Operation.RELEASE)),
                Anew.of(Operation.TAKE_OVER, "what is free by now is taken over", call -> {
                    Object given = Objects.requireNonNull(call.proceed());
                    String subscription = call.argument(0, Holder.class).lease().subscription();
                    return given.equals(Optional.empty())
                                    && SubscriptionCalls.sound(call)
                                            .holder(subscription)
                                            .isEmpty()
                            ? SubscriptionCalls.sound(call)
                                    .acquire(subscription, (String) call.argument(1), call.argument(2, Duration.class))
                            : given;
                }),
                Anew.across(Operation.ACQUIRE, "a lease is free a second before it expires", EarlyEnd::new));
    }

    /** Epochs as its owners see them. */
    private static final class EpochsOfOwners implements Fault {
        private final Map<Lease, Lease> shown = new ConcurrentHashMap<>();
        private final Map<Lease, Lease> stored = new ConcurrentHashMap<>();
        private final Map<List<String>, Long> latest = new ConcurrentHashMap<>();

        private synchronized Lease shown(Lease lease) {
            return shown.computeIfAbsent(lease, unknown -> {
                long epoch = latest.merge(List.of(lease.subscription(), lease.owner()), 1L, Long::sum);
                Lease own = new Lease(lease.subscription(), lease.owner(), epoch);
                stored.put(own, lease);
                return own;
            });
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            Object answer = call.proceed(
                    Deep.arguments(call.arguments(), Lease.class, lease -> stored.getOrDefault(lease, lease)));
            return Deep.changed(answer, Lease.class, this::shown);
        }
    }

    /** Leases that were revoked are listed, as long as no other owner holds them. */
    private static final class Revoked implements Fault {
        private final Operation revoking;
        private final Map<String, Holder> revoked = new ConcurrentHashMap<>();

        Revoked(Operation revoking) {
            this.revoking = revoking;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(revoking)) {
                String subscription = (String) DevisedRaces.subject(call);
                Optional<Holder> holder = SubscriptionCalls.sound(call).holder(subscription);
                Object answer = call.proceed();
                if (SubscriptionCalls.sound(call).holder(subscription).isEmpty()) {
                    holder.ifPresent(gone -> revoked.put(subscription, gone));
                }
                return answer;
            }
            if (call.is(Operation.ACQUIRE)) {
                revoked.remove((String) call.argument(0));
            }
            Object answer = call.proceed();
            return call.is(Operation.HOLDERS) ? withRevoked(answer) : answer;
        }

        private List<Holder> withRevoked(@Nullable Object answer) {
            List<Holder> all = new ArrayList<>();
            ((List<?>) Objects.requireNonNull(answer)).forEach(each -> all.add((Holder) each));
            Set<String> known = new HashSet<>();
            all.forEach(holder -> known.add(holder.lease().subscription()));
            revoked.values().stream()
                    .filter(holder -> !known.contains(holder.lease().subscription())
                            && holder.until().isAfter(Instant.now()))
                    .forEach(all::add);
            all.sort(Comparator.comparing(holder -> holder.lease().subscription()));
            return all;
        }
    }

    /** The lease is given to others when its last second has begun. */
    private static final class EarlyEnd implements Fault {
        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            Object given = call.proceed();
            if (!call.is(Operation.ACQUIRE) || !Optional.empty().equals(given)) {
                return given;
            }
            Optional<Holder> holder = SubscriptionCalls.sound(call).holder((String) call.argument(0));
            boolean ending = holder.isPresent()
                    && holder.get().term().compareTo(Duration.ofSeconds(2)) > 0
                    && holder.get().until().isBefore(Instant.now().plusSeconds(1));
            return ending
                    ? SubscriptionCalls.sound(call)
                            .takeOver(holder.get(), (String) call.argument(1), call.argument(2, Duration.class))
                    : given;
        }
    }
}
