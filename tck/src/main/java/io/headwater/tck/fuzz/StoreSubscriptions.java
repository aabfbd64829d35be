package io.headwater.tck.fuzz;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.tck.rule.Expect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The checkpoints, leases and records of a store as the subject of a script. Checks that epochs grow (K3). */
final class StoreSubscriptions implements SubscriptionSubject {
    private static final Duration TERM = Duration.ofHours(1);

    private final StoreSubject subject;
    private final boolean concurrent;
    private final Map<String, List<Lease>> leases = new HashMap<>();
    private final Map<String, Holder> observed = new HashMap<>();

    /**
     * Creates the subscriptions of a subject.
     *
     * @param concurrent whether other threads may acquire leases meanwhile
     */
    StoreSubscriptions(StoreSubject subject, boolean concurrent) {
        this.subject = subject;
        this.concurrent = concurrent;
    }

    private CheckpointStore store() {
        return subject.facet(CheckpointStore.class);
    }

    /** Adds the leases that another thread acquired, and what it observed. */
    void join(StoreSubscriptions other) {
        observed.putAll(other.observed);
        other.leases.forEach((name, acquired) -> acquired.stream()
                .filter(lease -> !leases(name).contains(lease))
                .forEach(lease -> {
                    leases(name)
                            .forEach(known -> Expect.that(
                                    known.epoch() != lease.epoch(), known + " and " + lease + " have the same epoch"));
                    leases(name).add(lease);
                    leases(name).sort(Comparator.comparingLong(Lease::epoch));
                }));
    }

    private List<Lease> leases(String name) {
        return leases.computeIfAbsent(name, absent -> new ArrayList<>());
    }

    @Override
    public Answer acquire(String name, String owner) {
        return CheckedCalls.call(() -> {
            Optional<Lease> lease = CheckedCalls.notNull(store().acquire(name, owner, TERM), "acquire");
            lease.ifPresent(acquired -> keep(name, owner, acquired));
            return Answers.yesOrNo(lease.isPresent());
        });
    }

    private void keep(String name, String owner, Lease lease) {
        Expect.equal("subscription of a lease", name, lease.subscription());
        Expect.equal("owner of a lease", owner, lease.owner());
        leases(name).forEach(before -> Expect.ascending("epochs of '" + name + "'", before.epoch(), lease.epoch()));
        leases(name).add(lease);
    }

    @Override
    public Answer observe(String name) {
        return CheckedCalls.call(() -> {
            Optional<Holder> holder = CheckedCalls.notNull(store().holder(name), "holder");
            holder.ifPresentOrElse(seen -> observed.put(name, seen), () -> observed.remove(name));
            return holder.map(seen -> Answer.of(text(seen))).orElse(Answers.NOT_OBSERVED);
        });
    }

    @Override
    public Answer takeOver(String name, String owner) {
        Holder seen = observed.get(name);
        return seen == null
                ? Answers.NOT_OBSERVED
                : CheckedCalls.call(() -> {
                    Optional<Lease> lease = CheckedCalls.notNull(store().takeOver(seen, owner, TERM), "takeOver");
                    lease.ifPresent(acquired -> keep(name, owner, acquired));
                    return Answers.yesOrNo(lease.isPresent());
                });
    }

    private Answer with(String name, int number, Function<Lease, Answer> call) {
        List<Lease> acquired = leases(name);
        return acquired.isEmpty()
                ? Answers.NO_LEASE
                : CheckedCalls.call(() -> call.apply(acquired.get(Math.min(number, acquired.size() - 1))));
    }

    @Override
    public Answer renew(String name, int lease) {
        return with(name, lease, held -> Answers.yesOrNo(store().renew(held, TERM)));
    }

    /** The lease of this number of each subscription, all of which have one. */
    private List<Lease> leases(List<String> names, int number) {
        return names.stream()
                .map(this::leases)
                .map(acquired -> acquired.get(Math.min(number, acquired.size() - 1)))
                .toList();
    }

    private boolean haveLeases(List<String> names) {
        return names.stream().noneMatch(name -> leases(name).isEmpty());
    }

    @Override
    public Answer renewAll(List<String> names, int lease) {
        return !haveLeases(names)
                ? Answers.NO_LEASE
                : CheckedCalls.call(() -> {
                    List<Lease> all = leases(names, lease);
                    Set<Lease> held = CheckedCalls.notNull(store().renewAll(all, TERM), "renewAll");
                    return Answers.each(
                            names,
                            all.stream()
                                    .map(each -> Answers.yesOrNo(held.contains(each)))
                                    .toList());
                });
    }

    @Override
    public Answer saveAll(List<String> names, int lease, int partition, int mark, List<RecordChange> changes) {
        return !haveLeases(names)
                ? Answers.NO_LEASE
                : CheckedCalls.call(() -> {
                    List<Lease> all = leases(names, lease);
                    Position position = subject.position(mark);
                    Map<Lease, SaveResult> results = CheckedCalls.notNull(
                            store().saveAll(all.stream()
                                    .map(each -> new Save(each, partition, position, changes))
                                    .toList()),
                            "saveAll");
                    return Answers.each(
                            names,
                            all.stream()
                                    .map(each -> Answer.of(CheckedCalls.notNull(results.get(each), "saveAll of a lease")
                                            .name()))
                                    .toList());
                });
    }

    @Override
    public Answer release(String name, int lease) {
        return with(name, lease, held -> {
            store().release(held);
            return Answers.DONE;
        });
    }

    @Override
    public Answer save(String name, int lease, int partition, int mark, List<RecordChange> changes) {
        return with(
                name,
                lease,
                held -> Answer.of(
                        CheckedCalls.notNull(store().save(held, partition, subject.position(mark), changes), "save")
                                .name()));
    }

    @Override
    public Answer change(String name, int lease, List<RecordChange> changes) {
        return with(name, lease, held -> Answers.yesOrNo(store().change(held, changes)));
    }

    @Override
    public Answer change(String name, List<RecordChange> changes) {
        return StoreSubject.done(() -> store().change(name, changes));
    }

    @Override
    public Answer records(String name, String kind, String after, int limit) {
        return CheckedCalls.call(() ->
                Answer.list(CheckedCalls.notNull(store().records(name, kind, after, limit), "records").stream()
                        .map(record -> Answers.record(record.kind(), record.key(), record.fields()))
                        .toList()));
    }

    @Override
    public Answer checkpoints(String name) {
        return CheckedCalls.call(() -> Answer.list(CheckedCalls.notNull(store().load(name), "load").stream()
                .map(checkpoint -> text(name, checkpoint))
                .toList()));
    }

    private String text(String name, Checkpoint checkpoint) {
        Expect.equal("subscription of a checkpoint", name, checkpoint.subscription());
        Expect.equal("store id of a checkpoint", subject.store().storeId(), checkpoint.storeId());
        return Answers.checkpoint(checkpoint.partition(), subject.mark(checkpoint.position()));
    }

    @Override
    public Answer holders() {
        return CheckedCalls.call(() -> Answer.list(CheckedCalls.notNull(store().holders(), "holders").stream()
                .filter(holder -> subject.isOwn(holder.lease().subscription()))
                .map(this::text)
                .toList()));
    }

    private String text(Holder holder) {
        Lease held = holder.lease();
        List<Lease> acquired = leases(held.subscription());
        Lease last = acquired.isEmpty() ? held : acquired.get(acquired.size() - 1);
        boolean acquiredMeanwhile = concurrent && held.epoch() > last.epoch();
        Expect.that(
                acquiredMeanwhile || (!acquired.isEmpty() && last.equals(held)),
                held + " is listed, but is not the lease that was acquired last");
        return Answers.holder(held.subscription(), held.owner(), holder.renewals());
    }

    @Override
    public Answer reset(String name, int mark) {
        return StoreSubject.done(() -> store().reset(name, subject.position(mark)));
    }

    @Override
    public Answer forget(String name) {
        return StoreSubject.yesOrNo(() -> store().forget(name));
    }
}
