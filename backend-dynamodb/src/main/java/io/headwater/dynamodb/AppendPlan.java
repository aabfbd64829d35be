package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendResult;
import io.headwater.ExpectedVersion;
import io.headwater.StreamCheck;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.dynamodb.Chunk.Append;
import io.headwater.spi.Positions;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.StreamBounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is to be written with a ticket: of some appends those that are neither repeats nor conflicts. */
final class AppendPlan {
    private final long ticket;
    private final long recordedAt;
    private final KnownHeads heads;
    private final Function<StreamHead, StoredStream> stored;
    private final Map<StreamId, GrowingStream> streams = new LinkedHashMap<>();
    private final Map<PendingAppend, List<PlannedAppend>> planned = new LinkedHashMap<>();
    private final List<StreamCheck> checks = new ArrayList<>();
    private int events;

    /**
     * Nothing yet.
     *
     * @param recordedAt in microseconds since 1970
     */
    AppendPlan(long ticket, long recordedAt, KnownHeads heads, Function<StreamHead, StoredStream> stored) {
        this.ticket = ticket;
        this.recordedAt = recordedAt;
        this.heads = heads;
        this.stored = stored;
    }

    /**
     * Decides an append, or adds it.
     *
     * @return false if that depends on appends that were added before, and has to wait until they are written
     */
    boolean add(PendingAppend append) {
        try {
            Optional<AppendOutcome> decided = decide(append);
            if (decided.isPresent() && dependsOnOthers(append)) {
                return false;
            }
            if (decided.isPresent() && isDoubtful(decided.get(), append)) {
                heads.ascertain(append.streams());
                append.streams().forEach(streams::remove);
                decided = decide(append);
            }
            decided.ifPresentOrElse(append::decide, () -> plan(append));
        } catch (StreamDeleted e) {
            append.fail(e);
        }
        return true;
    }

    /** A version that is too high stays so. One that is too low may only not be seen yet, and so may a part of a repeat. */
    private boolean isDoubtful(AppendOutcome decided, PendingAppend append) {
        return decided instanceof Conflict conflict
                && !heads.areCertain(append.streams())
                && (append.request().isMultiStream()
                        || conflict.violations().stream().anyMatch(AppendPlan::isTooLow));
    }

    private static boolean isTooLow(Violation violation) {
        return violation.expected() instanceof ExpectedVersion.StreamExists
                || (violation.expected() instanceof ExpectedVersion.Exactly exactly
                        && violation.actual() < exactly.version());
    }

    private Optional<AppendOutcome> decide(PendingAppend append) {
        return AppendDecision.decide(append.request(), this::stream);
    }

    private GrowingStream stream(StreamId id) {
        return streams.computeIfAbsent(id, absent -> {
            StreamHead head = heads.get(absent);
            return new GrowingStream(head, stored.apply(head));
        });
    }

    private boolean dependsOnOthers(PendingAppend append) {
        return append.streams().stream()
                .anyMatch(id -> streams.containsKey(id) && stream(id).hasGrown());
    }

    private void plan(PendingAppend append) {
        List<PlannedAppend> writes = new ArrayList<>();
        for (StreamWrite write : append.request().writes()) {
            int count = write.events().size();
            long first = stream(write.stream()).add(write);
            Append item = new Append(append.commit(), first, count, recordedAt);
            writes.add(PlannedAppend.of(write.stream(), item, Places.number(ticket, events), write.events()));
            events += count;
        }
        planned.put(append, writes);
        checks.addAll(append.request().checks());
    }

    boolean isEmpty() {
        return planned.isEmpty();
    }

    /** The appends that are to be written. */
    List<PendingAppend> appends() {
        return List.copyOf(planned.keySet());
    }

    private List<PlannedAppend> writes() {
        return planned.values().stream().flatMap(List::stream).toList();
    }

    /** The writes of one transaction, apart from those of catalog items. */
    List<Write> writes(Keys keys, int retries) {
        List<Write> writes = new ArrayList<>();
        streams.values().stream()
                .filter(GrowingStream::hasGrown)
                .forEach(stream -> writes.add(stream.write(keys, ticket)));
        checks.forEach(check -> writes.add(check(keys, check)));
        writes().stream()
                .flatMap(append -> append.chunks().stream())
                .forEach(chunk -> writes.add(Write.put(chunk.item(keys)).onlyIf("attribute_not_exists(#pk)")));
        writes.add(Write.put(Slot.appends(keys.slot(ticket), writes(), retries)).onlyIf("attribute_not_exists(#pk)"));
        return writes;
    }

    /** The catalog items of streams that are written for the first time: the same whichever process writes them. */
    List<Write> catalog(Keys keys) {
        return streams.values().stream()
                .filter(stream -> stream.hasGrown() && !stream.head().isListed())
                .map(stream -> Write.put(Item.at(keys.catalog(stream.head().stream()))))
                .toList();
    }

    /**
     * Raises the last ticket of the stream that is checked. Otherwise an append to it could follow with a lower ticket, and the log
     * would show the two in an order in which the check fails. A stream that was never written gets a HEAD of version 0 by that.
     */
    private Write check(Keys keys, StreamCheck check) {
        Write write = Write.update(
                        keys.head(check.stream()),
                        "SET #ticket = :ticket, #version = if_not_exists(#version, :none), #first = if_not_exists(#first, :one)")
                .value("ticket", ticket)
                .value("none", StreamBounds.NONE.version())
                .value("one", StreamBounds.NONE.first());
        String condition = "attribute_not_exists(#state) AND (attribute_not_exists(#ticket) OR #ticket < :ticket)";
        ExpectedVersion expected = check.expected();
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return write.onlyIf(condition + " AND #version = :version").value("version", exactly.version());
        }
        if (expected instanceof ExpectedVersion.NoStream) {
            return write.onlyIf(condition + " AND (attribute_not_exists(#pk) OR #first > #version)");
        }
        return write.onlyIf(
                expected instanceof ExpectedVersion.Any ? condition : condition + " AND #first <= #version");
    }

    /** The stream of which this is the HEAD; empty for other items. */
    Optional<StreamId> streamOf(Keys keys, Key key) {
        return streams.keySet().stream()
                .filter(stream -> keys.head(stream).equals(key))
                .findFirst();
    }

    /** All of it was written. */
    void succeeded() {
        planned.forEach((append, writes) -> append.decide(appended(writes)));
        streams.forEach((id, stream) -> heads.seen(id, stream.version()));
    }

    private static Appended appended(List<PlannedAppend> writes) {
        return new Appended(writes.stream()
                .map(write -> new AppendResult(
                        write.stream(), write.append().last(), Positions.of(write.lastPosition()), false))
                .toList());
    }
}
