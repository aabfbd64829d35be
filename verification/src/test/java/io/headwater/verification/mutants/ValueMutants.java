package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofCheckedCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Mutant.ofReadStream;
import static io.headwater.verification.mutants.PayloadMutants.ofEvents;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.StreamPage;
import io.headwater.spi.SubscriptionRecord;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Names that are taken for others, numbers that are cut, ids that are compared in part. */
final class ValueMutants {
    static final List<Mutant> ALL = List.of(
            ofCheckpoints(
                    "records are of the subscription whose name looks the same",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "records",
                            args -> store.records(
                                    normal((String) args[0]), (String) args[1], (String) args[2], (int) args[3])),
                    "P2.11"),
            ofCheckpoints(
                    "checkpoints are listed in the order of UTF-16",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "list",
                            args -> store.list().stream()
                                    .sorted(Comparator.comparing(Checkpoint::subscription))
                                    .toList()),
                    "P2.12"),
            ofCheckedCheckpoints(
                    "any name is a subscription without checkpoints",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "load",
                            args -> store.list().stream()
                                    .filter(saved -> saved.subscription().equals(args[0]))
                                    .toList()),
                    "P2.17"),
            ofCheckpoints(
                    "keys of records lose their blanks",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "records",
                            args -> stripped(store.records(
                                    (String) args[0], (String) args[1], (String) args[2], (int) args[3]))),
                    "K2.42"),
            ofSnapshots("snapshots are of the name that looks the same", id -> id, ValueMutants::normal, "P2.13"),
            ofSnapshots("snapshots are of the stream that looks the same", ValueMutants::normal, name -> name, "P2.14"),
            ofReadLog(
                    "categories are those that look the same",
                    (backend, from, direction, filter, limit) ->
                            backend.readLog(from, direction, normal(filter), limit),
                    "C1.10"),
            ofReadLog("prefixes have small letters", ValueMutants::ignoringCase, "G6.20"),
            ofFacet(
                    "streams are listed by the prefix that looks the same",
                    StreamCatalog.class,
                    catalog -> altered(
                            StreamCatalog.class,
                            catalog,
                            "streams",
                            args -> catalog.streams(
                                    normal((String) args[0]), after((Optional<?>) args[1]), (int) args[2])),
                    "F1.12"),
            ofAppend(
                    "appends to several streams go to those that look the same",
                    (backend, request) -> backend.append(request.isMultiStream() ? normal(request) : request),
                    "P2.15"),
            ofFacet(
                    "imports go to streams that look the same",
                    BulkImport.class,
                    bulk -> requests -> bulk.appendAll(
                            requests.stream().map(ValueMutants::normal).toList()),
                    "P2.16"),
            ofFacet(
                    "a delete hides the stream that looks the same",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "delete", args -> {
                        admin.delete(normal((StreamId) args[0]), (ExpectedVersion) args[1]);
                        return Optional.empty();
                    }),
                    "D1.16"),
            ofFacet(
                    "streams with a backslash in their name are deleted, not tombstoned",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "tombstone", args -> {
                        StreamId stream = (StreamId) args[0];
                        if (stream.value().contains("\\")) {
                            admin.delete(stream, (ExpectedVersion) args[1]);
                        } else {
                            admin.tombstone(stream, (ExpectedVersion) args[1]);
                        }
                        return Optional.empty();
                    }),
                    "D1.16"),
            ofEvents("metadata has the line ends of Unix", ValueMutants::withUnixLines, "P1.13"),
            ofReadStream("the last version is the last in the order of texts", ValueMutants::lastAsText, "A2.5"),
            ofAppend(
                    "expected versions have 31 bits",
                    (backend, request) -> backend.append(expecting31Bits(request)),
                    "A3.14"),
            ofReadStream(
                    "starts have 32 bits",
                    (backend, stream, direction, from, limit) -> backend.readStream(
                            stream, direction, from == Long.MAX_VALUE ? from : from & 0xFFFF_FFFFL, limit),
                    "R1.15"),
            ofFacet(
                    "truncations have 32 bits",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "truncateBefore", args -> {
                        admin.truncateBefore((StreamId) args[0], (long) args[1] & 0xFFFF_FFFFL);
                        return Optional.empty();
                    }),
                    "D3.11"),
            ofFacet(
                    "versions of snapshots have 32 bits",
                    SnapshotStore.class,
                    snapshots -> altered(
                            SnapshotStore.class, snapshots, "save", args -> saved(snapshots, (Snapshot) args[0])),
                    "Z1.15"),
            ofCheckpoints(
                    "partitions have 16 bits",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "save",
                            args -> store.save(
                                    (Lease) args[0], (int) args[1] & 0xFFFF, (Position) args[2], changes(args))),
                    "K2.43"),
            ofCheckpoints("epochs are compared as texts", ValueMutants::comparingTexts, "K3.51"),
            ofEvents(
                    "every id is of version 4",
                    event -> event.withId(new UUID(
                            event.id().getMostSignificantBits() & ~0xF000L | 0x4000L,
                            event.id().getLeastSignificantBits())),
                    "A8.13"),
            ofEvents(
                    "ids are compared by their first half",
                    event -> event.withId(new UUID(event.id().getMostSignificantBits(), Long.MIN_VALUE)),
                    "I1.17"));

    private ValueMutants() {}

    private static Mutant ofSnapshots(
            String name, UnaryOperator<StreamId> stream, UnaryOperator<String> snapshot, String... killers) {
        return ofFacet(
                name,
                SnapshotStore.class,
                sound -> altered(
                        SnapshotStore.class,
                        sound,
                        "load",
                        args -> sound.load(stream.apply((StreamId) args[0]), snapshot.apply((String) args[1]))),
                killers);
    }

    private static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static StreamId normal(StreamId stream) {
        return StreamId.of(normal(stream.value()));
    }

    private static LogFilter normal(LogFilter filter) {
        Set<String> categories =
                filter.categories().stream().map(ValueMutants::normal).collect(Collectors.toSet());
        return new LogFilter(categories, filter.types(), filter.streamPrefix());
    }

    private static AppendRequest normal(AppendRequest request) {
        return new AppendRequest(
                request.writes().stream()
                        .map(write -> new StreamWrite(normal(write.stream()), write.expected(), write.events()))
                        .toList(),
                request.checks());
    }

    private static Optional<StreamId> after(Optional<?> stream) {
        return stream.map(StreamId.class::cast);
    }

    private static List<RecordChange> changes(Object[] args) {
        return ((Collection<?>) args[3]).stream().map(RecordChange.class::cast).toList();
    }

    private static List<SubscriptionRecord> stripped(List<SubscriptionRecord> records) {
        return records.stream()
                .map(record ->
                        new SubscriptionRecord(record.kind(), record.key().stripTrailing(), record.fields()))
                .toList();
    }

    private static LogPage ignoringCase(
            Backend backend, Position from, Direction direction, LogFilter filter, int limit) {
        String prefix = filter.streamPrefix().toLowerCase(Locale.ROOT);
        LogPage page = backend.readLog(from, direction, new LogFilter(filter.categories(), filter.types(), ""), limit);
        List<RecordedEvent> found = page.events().stream()
                .filter(event -> event.stream().value().toLowerCase(Locale.ROOT).startsWith(prefix))
                .toList();
        return new LogPage(found, page.scannedTo(), page.more());
    }

    private static EventData withUnixLines(EventData event) {
        if (event.metadata().raw().isPresent() || event.metadata().isEmpty()) {
            return event;
        }
        Map<String, String> entries = new LinkedHashMap<>();
        event.metadata().entries().forEach((key, value) -> entries.put(key, value.replace("\r\n", "\n")));
        return event.withMetadata(entries);
    }

    private static StreamPage lastAsText(Backend backend, StreamId stream, Direction direction, long from, int limit) {
        StreamPage page = backend.readStream(stream, direction, from, limit);
        if (direction == Direction.FORWARDS || limit != 1 || from != Long.MAX_VALUE) {
            return page;
        }
        long last = page.version() == 0 ? 0 : Math.max(9, page.version() % 10);
        return backend.readStream(stream, direction, Math.min(last, page.version()), limit);
    }

    private static AppendRequest expecting31Bits(AppendRequest request) {
        return new AppendRequest(
                request.writes().stream()
                        .map(write -> new StreamWrite(write.stream(), with31Bits(write.expected()), write.events()))
                        .toList(),
                request.checks());
    }

    private static ExpectedVersion with31Bits(ExpectedVersion expected) {
        return expected instanceof ExpectedVersion.Exactly exactly
                ? ExpectedVersion.exactly(exactly.version() & Integer.MAX_VALUE)
                : expected;
    }

    private static boolean saved(SnapshotStore snapshots, Snapshot snapshot) {
        boolean older = snapshots
                .load(snapshot.stream(), snapshot.name())
                .filter(saved -> (int) saved.version() >= (int) snapshot.version())
                .isPresent();
        return !older && snapshots.save(snapshot);
    }

    private static CheckpointStore comparingTexts(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "save", args -> {
            Lease given = (Lease) args[0];
            Optional<Lease> current = store.holder(given.subscription()).map(CheckpointStore.Holder::lease);
            boolean later = current.isPresent()
                    && ("" + given.epoch()).compareTo("" + current.get().epoch()) > 0;
            return later ? SaveResult.SAVED : store.save(given, (int) args[1], (Position) args[2], changes(args));
        });
    }
}
