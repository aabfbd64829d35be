package io.headwater.tck.catalogue.support;

import io.headwater.Capability;
import io.headwater.Diagnostics;
import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.SubscriptionInfo;
import io.headwater.Subscriptions;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Replication;
import io.headwater.spi.support.StreamBounds;
import io.headwater.tck.rule.PagedLog;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Asks a store for all that it tells of a {@link WholeStore}. The storage may hold other things, which count for nothing. */
final class WholeStoreReads {
    private static final int PAGE = 50;
    private static final int STEP = 20;
    private static final int SMALL_PAGE = 2;
    private static final int ALL = 1000;

    private final WholeStore whole;
    private final RuleContext rule;
    private final EventStore store;
    private final RecordedAnswers answers;

    WholeStoreReads(WholeStore whole, EventStore store, RecordedAnswers answers) {
        this.whole = whole;
        this.rule = whole.rule;
        this.store = store;
        this.answers = answers;
    }

    void ask() {
        askOfStorage();
        leases(rule.facet(store, CheckpointStore.class));
    }

    /** What does not end with time. */
    void askOfStorage() {
        answers.note("store id", store::storeId);
        answers.note("capabilities", store::capabilities);
        whole.streams.bounds.forEach(this::stream);
        if (!store.capabilities().logVisibility().isImmediate()) {
            rule.awaitLog(store);
        }
        log();
        heads();
        facets();
        checkpoints(rule.facet(store, CheckpointStore.class));
    }

    /** What is told of subscriptions that ran here. */
    void askOfSubscriptions() {
        String parking = whole.subscriptions.parking;
        Subscriptions subscriptions = store.subscriptions();
        answers.note(
                "subscription " + parking, () -> subscriptions.find(parking).map(WholeStoreReads::lasting));
        answers.note("parked events", () -> subscriptions.parked(parking).toList());
        answers.note("audit", () -> subscriptions.audit(parking));
    }

    /** Without what time changes. */
    private static List<Object> lasting(SubscriptionInfo info) {
        return List.of(
                info.selection(),
                info.position(),
                info.savedAt(),
                info.holder(),
                info.parked(),
                info.audited(),
                info.lag().events());
    }

    private void stream(StreamId stream, StreamBounds bounds) {
        read(stream, "forwards", ReadOptions.forwards());
        read(stream, "backwards", ReadOptions.backwards());
        for (long version : versions(bounds)) {
            ReadOptions forwards = ReadOptions.forwards().from(version).limit(SMALL_PAGE);
            read(stream, "forwards from " + version, forwards);
            ReadOptions backwards = ReadOptions.backwards().from(version).limit(SMALL_PAGE);
            read(stream, "backwards from " + version, backwards);
        }
    }

    /** The first version that can be read, and one in the middle. */
    private static long[] versions(StreamBounds bounds) {
        return LongStream.of(bounds.first(), bounds.version() / 2 + 1)
                .distinct()
                .toArray();
    }

    private void read(StreamId stream, String how, ReadOptions options) {
        answers.noteStream("stream '%s' %s".formatted(stream, how), () -> store.readStream(stream, options));
    }

    private void log() {
        String a = whole.name + "a";
        String b = whole.name + "b";
        log("the log", LogFilter.all());
        log("the category " + a, new LogFilter(Set.of(a), Set.of(), ""));
        log("the categories " + a + " and " + b, new LogFilter(Set.of(a, b), Set.of(), ""));
        log("the streams that begin with " + whole.name, new LogFilter(Set.of(), Set.of(), whole.name));
        log("the streams that begin with " + a, new LogFilter(Set.of(), Set.of(), a));
        log("events of a type in " + b, new LogFilter(Set.of(b), Set.of("Changed"), ""));
    }

    private void log(String what, LogFilter filter) {
        LogQuery query = LogQuery.all().after(rule.start()).filter(filter);
        answers.events(what + " forwards", own(PagedLog.toEnd(store, query).events()));
        LogQuery paged = LogQuery.all().backwards().filter(filter).limit(PAGE);
        answers.events(
                what + " backwards",
                own(PagedLog.backTo(rule.start(), store, paged).events()));
    }

    private List<RecordedEvent> own(List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> whole.streams.bounds.containsKey(event.stream()))
                .filter(event -> event.position().isAfter(rule.start()))
                .toList();
    }

    /** Others may append meanwhile: what is told may be higher, never lower. */
    private void heads() {
        answers.note("the head is at or above " + whole.reached, () -> !whole.reached.isAfter(store.head()));
        answers.note(
                "what was decided is at or above " + whole.reached, () -> !whole.reached.isAfter(store.lastDecided()));
        if (store.capabilities().supports(Capability.POSITION_AT_TIME)) {
            List<RecordedEvent> log = own(
                    PagedLog.toEnd(store, LogQuery.all().after(rule.start())).events());
            answers.note("events that positionAt their time misses", () -> missed(log));
        }
    }

    /** The events that were recorded at the time of one of them or later, and lie before the position of that time. */
    private List<RecordedEvent> missed(List<RecordedEvent> log) {
        List<RecordedEvent> missed = new ArrayList<>();
        for (int i = 0; i < log.size(); i += STEP) {
            RecordedEvent asked = log.get(i);
            Position found = store.positionAt(asked.recordedAt());
            log.stream()
                    .filter(event -> !event.recordedAt().isBefore(asked.recordedAt()))
                    .filter(event -> !event.position().isAfter(found))
                    .forEach(missed::add);
        }
        return missed;
    }

    private void facets() {
        if (store.capabilities().supports(Capability.SNAPSHOTS)) {
            SnapshotStore snapshots = rule.facet(store, SnapshotStore.class);
            WholeStore.SNAPSHOTS.forEach(
                    name -> answers.note("snapshot " + name, () -> snapshots.load(whole.summarised, name)));
        }
        if (store.capabilities().supports(Capability.STREAM_CATALOG)) {
            catalog(rule.facet(store, StreamCatalog.class));
        }
        if (store.capabilities().supports(Capability.REPLICATION)) {
            changes(rule.facet(store, Replication.class));
        }
        if (store.capabilities().supports(Capability.DIAGNOSTICS)) {
            Diagnostics diagnostics = rule.facet(store, Diagnostics.class);
            answers.note(
                    "numbers among the facts",
                    () -> diagnostics.describe().keySet().containsAll(Set.of("streams", "events")));
        }
    }

    private void changes(Replication replication) {
        LogFilter own = new LogFilter(Set.of(), Set.of(), whole.name);
        answers.note("fidelity", replication::fidelity);
        answers.note("changes", () -> Copies.after(replication, rule.start(), own, ALL));
        answers.note("changes in pages", () -> Copies.after(replication, rule.start(), own, SMALL_PAGE));
    }

    private void catalog(StreamCatalog catalog) {
        answers.note("streams listed", () -> catalog.streams(whole.name, Optional.empty(), ALL));
        answers.note("streams listed in pages", () -> InPages.streams(catalog, whole.name, PAGE));
        answers.note(
                "categories listed",
                () -> catalog.categories().stream()
                        .filter(category -> category.name().startsWith(whole.name))
                        .toList());
    }

    private void checkpoints(CheckpointStore checkpoints) {
        for (String name : whole.subscriptions.names) {
            answers.note("checkpoints of " + name, () -> checkpoints.load(name));
            for (String kind : List.of(Records.NOTE, WholeSubscriptions.MARK)) {
                answers.note("records %s of %s".formatted(kind, name), () -> checkpoints.records(name, kind, "", ALL));
                answers.note(
                        "one record %s of %s after a".formatted(kind, name),
                        () -> checkpoints.records(name, kind, "a", 1));
            }
        }
        answers.note(
                "checkpoints listed",
                () -> checkpoints.list().stream()
                        .filter(saved -> saved.subscription().startsWith(whole.name))
                        .toList());
    }

    private void leases(CheckpointStore checkpoints) {
        for (String name : whole.subscriptions.names) {
            answers.note("holder of " + name, () -> checkpoints.holder(name));
        }
        answers.note(
                "holders listed",
                () -> checkpoints.holders().stream()
                        .filter(holder -> holder.lease().subscription().startsWith(whole.name))
                        .toList());
    }
}
