package io.headwater.dynamodb;

import io.headwater.StreamId;
import io.headwater.dynamodb.Outcome.Busy;
import io.headwater.dynamodb.Outcome.Lost;
import io.headwater.dynamodb.Outcome.Refused;
import io.headwater.spi.support.ValueCodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends that go together: with one ticket and in one transaction, each with its own outcome. A ticket whose slot was filled by
 * others is given up, and the next one taken. For one thread at a time.
 */
final class AppendRun {
    private static final int MAX_ACTIONS = 100;
    private static final int HEAD_SIZE = 1 << 10;

    private final Log log;
    private final List<PendingAppend> appends;
    private final KnownHeads heads;
    private final TicketResolution resolution;
    private Backoff backoff;
    private long ticket;
    private long takenAt;
    private boolean sent;
    private boolean undecided;
    private int retries;
    private @Nullable RuntimeException lastBusy;
    private boolean inOrder;

    AppendRun(Log log, List<PendingAppend> appends) {
        this.log = log;
        this.appends = appends;
        this.heads = new KnownHeads(log.heads());
        this.resolution = new TicketResolution(log);
        this.backoff = log.table().backoff();
    }

    /** A conflict or a tombstone keeps those behind it from being made. */
    AppendRun inOrder() {
        inOrder = true;
        return this;
    }

    /** Makes them, and tells their callers. Returns those that have to be made after the others, in their order. */
    List<PendingAppend> run() {
        try {
            finish(prepare());
        } catch (RuntimeException e) {
            fail(e);
        }
        List<PendingAppend> open =
                appends.stream().filter(append -> !append.isDecided()).toList();
        appends.forEach(PendingAppend::tell);
        return open;
    }

    /** What has no outcome yet has none for this reason. */
    private void fail(RuntimeException e) {
        appends.stream().filter(append -> !append.isDecided()).forEach(append -> append.fail(DynamoErrors.copy(e)));
    }

    /** Takes a ticket and reads the HEADs meanwhile. Returns what is to be written. */
    AppendPlan prepare() {
        return prepare(heads::read);
    }

    /** As {@link #prepare()}, with conflicts and repeats found now, if they can be. */
    AppendPlan prepareAndDecide() {
        return prepare(heads::readAll);
    }

    private AppendPlan prepare(Consumer<List<PendingAppend>> read) {
        if (!inOrder && areDecidedAlready()) {
            return new AppendPlan(ticket, 0, heads, log::stored);
        }
        return withTicket(() -> {
            CompletableFuture<Long> taking = log.table().calls().start(log.decided()::take);
            try {
                read.accept(
                        appends.stream().filter(append -> !append.isDecided()).toList());
            } finally {
                taken(RequestThreads.await(taking));
            }
            return plan();
        });
    }

    /** Does something for which the ticket is needed. If it fails, the ticket is given up. */
    private <T> T withTicket(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            giveUpUnused();
            throw e;
        }
    }

    /** Decides those that are most likely conflicts or repeats, for which no ticket is needed. */
    private boolean areDecidedAlready() {
        List<PendingAppend> behind =
                appends.stream().filter(log.heads().versions()::isBehind).toList();
        if (!behind.isEmpty()) {
            heads.readAll(behind);
            AppendPlan plan = new AppendPlan(ticket, 0, heads, log::stored);
            behind.forEach(plan::add);
        }
        return appends.stream().allMatch(PendingAppend::isDecided);
    }

    private void taken(long newTicket) {
        ticket = newTicket;
        takenAt = System.nanoTime();
        sent = false;
        undecided = true;
    }

    private AppendPlan plan() {
        long now = ValueCodes.micros(log.clock().instant());
        AppendPlan plan = new AppendPlan(ticket, now, heads, log::stored);
        for (PendingAppend append : appends) {
            if (append.isCancelled() && !append.isDecided()) {
                append.failInterrupted();
            }
            boolean waits = !append.isDecided() && !plan.add(append);
            if (waits || (inOrder && append.endsSeries())) {
                break;
            }
        }
        return plan;
    }

    /** Writes the plan, and others after it as long as the storage refuses them. */
    void finish(AppendPlan plan) {
        withTicket(() -> {
            write(plan);
            return plan;
        });
    }

    private void write(AppendPlan first) {
        AppendPlan plan = first;
        backoff = log.table().backoff();
        while (!plan.isEmpty()) {
            if (isGivenUp(plan)) {
                giveUp(plan);
                return;
            }
            Outcome outcome = send(plan);
            if (outcome instanceof Outcome.Done) {
                undecided = false;
                plan.succeeded();
                log.timeout().appended(System.nanoTime() - takenAt);
                return;
            }
            if (outcome instanceof Lost) {
                if (resolve()) {
                    return;
                }
                nextTicket();
                plan = plan();
            } else if (outcome instanceof Busy busy) {
                lastBusy = busy.cause();
                backoff.pause(busy.throttled());
            } else if (refused(plan, (Refused) outcome)) {
                return;
            } else {
                plan = plan();
                pauseUnlessDecided(plan);
            }
        }
        end();
    }

    /** Others write to the same streams. */
    private void pauseUnlessDecided(AppendPlan plan) {
        if (!plan.isEmpty()) {
            backoff.pause();
        }
    }

    private boolean isGivenUp(AppendPlan plan) {
        return backoff.isOver() || plan.appends().stream().allMatch(PendingAppend::isCancelled);
    }

    /** Nothing is told of an append before it is certain that no request writes it any more. */
    private void giveUp(AppendPlan plan) {
        if (resolve()) {
            return;
        }
        for (PendingAppend append : plan.appends()) {
            if (append.isCancelled()) {
                append.failInterrupted();
            } else {
                append.fail(DynamoErrors.inTheWay(log.table().name(), lastBusy));
            }
        }
    }

    private Outcome send(AppendPlan plan) {
        List<Write> writes = plan.writes(log.keys(), retries);
        int size = writes.stream().mapToInt(write -> write.size() + HEAD_SIZE).sum();
        for (Write catalog : plan.catalog(log.keys())) {
            size += catalog.size();
            if (writes.size() < MAX_ACTIONS && size < ItemSize.MAX_TRANSACTION) {
                writes.add(catalog);
            } else {
                log.table().settle(() -> log.table().write(catalog));
            }
        }
        sent = true;
        return log.table().transact(writes);
    }

    /** Returns whether all is decided by that. */
    private boolean refused(AppendPlan plan, Refused refused) {
        if (refused.found().containsKey(log.keys().slot(ticket))) {
            if (resolve()) {
                return true;
            }
            nextTicket();
            return false;
        }
        boolean overtaken = false;
        for (Map.Entry<Key, Optional<Item>> found : refused.found().entrySet()) {
            Optional<StreamId> stream = plan.streamOf(log.keys(), found.getKey());
            if (stream.isPresent()) {
                heads.told(stream.get(), found.getValue());
                overtaken |= heads.get(stream.get()).ticket() >= ticket;
            }
        }
        return overtaken && giveUpTicket();
    }

    /** A stream has an append with a higher ticket. Returns whether this one was used after all. */
    private boolean giveUpTicket() {
        if (resolve()) {
            return true;
        }
        taken(log.decided().take());
        return false;
    }

    private void nextTicket() {
        retries++;
        taken(log.decided().take());
    }

    /** All are decided, and none is to be written: the ticket is not needed. */
    private void end() {
        if (sent) {
            resolve();
        } else {
            giveUpUnused();
        }
    }

    /** Gives the ticket up, with which no request is on its way, unless its slot is decided. */
    void giveUpUnused() {
        if (undecided) {
            undecided = false;
            log.slots().fillQuietly(ticket);
        }
    }

    /**
     * Decides the slot of the ticket, if it is not.
     *
     * @return whether the appends were written with it
     */
    private boolean resolve() {
        undecided = false;
        return resolution.resolve(ticket, sent, appends);
    }
}
