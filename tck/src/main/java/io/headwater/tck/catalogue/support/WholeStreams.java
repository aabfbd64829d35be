package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.CommandId;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.Payload;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Change;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.support.StreamBounds;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Streams in every state that a store can give them, and what can be asked again about them without writing anything. */
final class WholeStreams {
    private static final int MANY = 40;
    private static final int BEYOND_END = 1000;

    /** What is known of each stream. */
    final Map<StreamId, StreamBounds> bounds = new LinkedHashMap<>();

    /** Appends whose repeats write nothing: they are replays, or refused. */
    final List<AppendRequest> repeats = new ArrayList<>();

    /** An import whose repeat writes nothing. */
    final List<AppendRequest> imported = new ArrayList<>();

    /** A stream that was never written, by name of what was done to it. */
    final StreamId refused;

    final CommandId command;
    final StreamId commanded;
    private final RuleContext rule;
    private final EventStore store;
    private final String name;

    WholeStreams(RuleContext rule, EventStore store, String name) {
        this.rule = rule;
        this.store = store;
        this.name = name;
        this.refused = StreamId.of(name + "a", "refused");
        this.command = CommandId.of(name);
        this.commanded = StreamId.of(name + "a", "commanded");
    }

    /** What a scavenge removes comes first, so that what is hidden later stays in the log. */
    void fill() {
        if (has(Capability.STREAM_ADMIN) && has(Capability.SCAVENGE)) {
            scavenged();
        }
        plain();
        if (has(Capability.STREAM_ADMIN)) {
            emptied();
            truncated();
            tombstoned();
        }
        if (has(Capability.MULTI_STREAM_APPEND)) {
            together();
        }
        if (has(Capability.BULK_IMPORT)) {
            imported();
        }
        store.facet(HeldAppends.class).ifPresent(this::held);
        command();
        if (has(Capability.REPLICATION)) {
            copied();
        }
    }

    boolean has(Capability capability) {
        return store.capabilities().supports(capability);
    }

    private StreamAdmin admin() {
        return rule.facet(store, StreamAdmin.class);
    }

    /** Of one of two categories. */
    private StreamId stream(String what) {
        return StreamId.of(name + (bounds.size() % 2 == 0 ? "a" : "b"), what);
    }

    /** Of several types and contents, with and without metadata. */
    private List<EventData> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> switch (i % 6) {
                    case 0 -> rule.event("Opened");
                    case 1 -> rule.event("Changed").withMetadata("number", "" + i);
                    case 2 -> event("Closed", Payload.binary(new byte[] {0, (byte) i}));
                    case 3 ->
                        event("Changed", Payload.json("{ \"a\" : 1.0 }"))
                                .withMetadata(Map.of("é\r\n", "", " ", "{\"a\": 1}", "long", "é".repeat(2_000)));
                    case 4 -> event("Closed", Payload.binary("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)));
                    default -> event("Opened", Payload.json(""));
                })
                .toList();
    }

    private EventData event(String type, Payload data) {
        return EventData.of(type, data).withId(rule.id());
    }

    AppendRequest write(StreamId stream, ExpectedVersion expected, int count) {
        AppendRequest request = AppendRequest.to(stream, expected, events(count));
        return written(request, store.tryAppend(request));
    }

    /** An append that can be repeated. */
    private void repeatable(StreamId stream, ExpectedVersion expected, int count) {
        repeats.add(write(stream, expected, count));
    }

    private AppendRequest written(AppendRequest request, AppendOutcome outcome) {
        Expect.that(outcome instanceof AppendOutcome.Appended, "an append ended with " + outcome);
        for (StreamWrite write : request.writes()) {
            bounds.merge(
                    write.stream(),
                    StreamBounds.NONE.grown(write.events().size()),
                    (known, first) -> known.grown(write.events().size()));
        }
        return request;
    }

    private void delete(StreamId stream) {
        admin().delete(
                        stream,
                        exactly(bounds.getOrDefault(stream, StreamBounds.NONE).version()));
        bounds.computeIfPresent(stream, (id, known) -> known.deleted());
    }

    private void truncate(StreamId stream, long version) {
        admin().truncateBefore(stream, version);
        bounds.computeIfPresent(stream, (id, known) -> known.truncatedBefore(version));
    }

    private void tombstone(StreamId stream) {
        admin().tombstone(stream, any());
        long version = bounds.getOrDefault(stream, StreamBounds.NONE).version();
        bounds.put(stream, new StreamBounds(version, version + 1, true));
    }

    private void scavenged() {
        StreamId gone = stream("gone");
        write(gone, noStream(), 3);
        delete(gone);
        StreamId again = stream("again");
        repeatable(again, noStream(), 2);
        delete(again);
        StreamId left = stream("left");
        repeatable(left, noStream(), 5);
        truncate(left, 4);
        StreamId ended = stream("ended");
        repeatable(ended, noStream(), 2);
        tombstone(ended);
        rule.facet(store, Scavenger.class).scavenge();
        repeatable(again, noStream(), 2);
    }

    private void plain() {
        repeatable(stream("one"), noStream(), 1);
        StreamId many = stream("many");
        repeatable(many, noStream(), MANY);
        repeatable(many, exactly(MANY), MANY);
        StreamId mixed = stream("mixed");
        repeatable(mixed, noStream(), 1);
        repeatable(mixed, any(), 2);
        repeatable(mixed, streamExists(), 1);
        repeatable(mixed, exactly(4), 2);
        repeatable(mixed, any(), 1);
        write(StreamId.of(name + "none"), noStream(), 2);
        store.tryAppend(AppendRequest.to(refused, exactly(3), rule.event()));
        bounds.put(refused, StreamBounds.NONE);
    }

    private void emptied() {
        StreamId deleted = stream("deleted");
        write(deleted, noStream(), 3);
        delete(deleted);
        StreamId second = stream("second life");
        repeatable(second, noStream(), 2);
        delete(second);
        repeatable(second, noStream(), 2);
        StreamId third = stream("third life");
        for (int life = 1; life < 3; life++) {
            repeatable(third, noStream(), life);
            delete(third);
        }
        repeatable(third, noStream(), 3);
    }

    private void truncated() {
        StreamId begun = stream("truncated");
        repeatable(begun, noStream(), 5);
        truncate(begun, 3);
        StreamId nothing = stream("truncated to nothing");
        write(nothing, noStream(), 3);
        truncate(nothing, BEYOND_END);
        StreamId grown = stream("truncated and grown");
        repeatable(grown, noStream(), 3);
        truncate(grown, BEYOND_END);
        repeatable(grown, noStream(), 2);
        truncate(grown, 5);
    }

    private void tombstoned() {
        StreamId ended = stream("tombstoned");
        repeatable(ended, noStream(), 2);
        tombstone(ended);
        tombstone(stream("tombstoned unwritten"));
    }

    private void together() {
        StreamId one = stream("one of two");
        StreamId two = StreamId.of(name + "b", "two of two");
        multi(AppendRequest.to(one, noStream(), events(2))
                .and(two, noStream(), rule.event())
                .check(refused, noStream()));
        multi(AppendRequest.to(one, exactly(2), events(1)).and(two, any(), rule.event(), rule.event()));
    }

    private void multi(AppendRequest request) {
        repeats.add(written(request, store.tryAppend(request)));
    }

    private void imported() {
        StreamId one = stream("imported");
        StreamId two = StreamId.of(name + "b", "imported beside");
        imported.addAll(List.of(
                AppendRequest.to(one, noStream(), events(2)),
                AppendRequest.to(two, any(), events(1)),
                AppendRequest.to(one, exactly(2), events(1))));
        List<AppendOutcome> outcomes = rule.facet(store, BulkImport.class).appendAll(imported);
        for (int i = 0; i < imported.size(); i++) {
            repeats.add(written(imported.get(i), outcomes.get(i)));
        }
    }

    private void held(HeldAppends appends) {
        StreamId stream = stream("held");
        AppendRequest request = AppendRequest.to(stream, noStream(), events(2));
        try (HeldAppend undone = appends.hold(AppendRequest.to(stream, noStream(), rule.event()))) {
            undone.rollback();
        }
        try (HeldAppend held = appends.hold(request)) {
            repeats.add(written(request, held.commit()));
        }
    }

    private void command() {
        store.handle(command, commanded, history -> events(2));
        bounds.put(commanded, StreamBounds.NONE.grown(2));
    }

    /** From the changes of another stream, the first of which are left out. */
    private void copied() {
        StreamId original = stream("original");
        StreamId copy = stream("copied");
        write(original, noStream(), 3);
        List<EventData> repeated = events(2);
        written(
                AppendRequest.to(original, any(), repeated),
                store.tryAppend(AppendRequest.to(original, any(), repeated)));
        Copies copies = new Copies(rule);
        List<Change> changes = new ArrayList<>(copies.of(original, copy));
        changes.set(0, new Change.Advanced(copy, 3));
        copies.applies(changes);
        bounds.put(copy, new StreamBounds(5, 4, false));
        repeats.add(AppendRequest.to(copy, any(), repeated));
    }
}
