package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.catalogue.support.Records.NOTE;
import static io.headwater.tck.catalogue.support.Records.keys;
import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.Direction;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.StreamPage;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.catalogue.support.Caller;
import io.headwater.tck.catalogue.support.Unguarded;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a backend tells with a page, how full pages are, and when checks are made. */
final class PageRules {
    private static final int LARGE_RECORDS = 30;
    private static final int LARGE_BYTES = 60 << 10;

    static final RuleGroup GROUP = RuleGroup.of(
            "pages and checks",
            must("R3.6", "every page of a stream has its lowest version, even a page without events", rule -> {
                        StreamId stream = rule.stream();
                        StreamId never = rule.stream();
                        rule.write(stream, 5);
                        try (Backend backend = Unguarded.open(rule.config())) {
                            pagesTell(backend, never, 0, 1);
                            pagesTell(backend, stream, 5, 1);
                        }
                    })
                    .needs(Need.CONFIGURATION, Need.SECOND_INSTANCE),
            must("R3.7", "every page has the lowest version that remains after a truncation or a delete", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 5);
                        try (Backend backend = Unguarded.open(rule.config())) {
                            rule.admin().truncateBefore(stream, 3);
                            pagesTell(backend, stream, 5, 3);
                            rule.admin().delete(stream, any());
                            pagesTell(backend, stream, 5, 6);
                            rule.write(stream, 2);
                            pagesTell(backend, stream, 7, 6);
                        }
                    })
                    .requires(Capability.STREAM_ADMIN)
                    .needs(Need.CONFIGURATION, Need.SECOND_INSTANCE),
            must("F1.13", "a page of streams is full as long as there are more streams", rule -> {
                        String category = rule.name();
                        for (int i = 0; i < 12; i++) {
                            rule.write(rule.stream(category), 1);
                        }
                        StreamCatalog catalog = rule.facet(StreamCatalog.class);
                        for (int limit : List.of(1, 2, 5, 11, 12, 13)) {
                            Expect.equal(
                                    "streams of a page with limit " + limit,
                                    Math.min(limit, 12),
                                    catalog.streams(category, Optional.empty(), limit)
                                            .size());
                        }
                    })
                    .requires(Capability.STREAM_CATALOG),
            must("K2.44", "a page of records is full as long as there are more, even of large ones", rule -> {
                String name = rule.name();
                List<String> names = IntStream.range(10, 10 + LARGE_RECORDS)
                        .mapToObj(Integer::toString)
                        .toList();
                names.forEach(key -> rule.checkpoints().change(name, List.of(note(key, "x".repeat(LARGE_BYTES)))));
                for (int limit : List.of(1, 7, LARGE_RECORDS, 1000)) {
                    List<SubscriptionRecord> page = rule.checkpoints().records(name, NOTE, "", limit);
                    Expect.equal("keys", names.subList(0, Math.min(limit, LARGE_RECORDS)), keys(page));
                }
                rule.checkpoints().forget(name);
            }),
            must("A7.15", "a check holds when the append is written, not only before", PageRules::atTheCommit)
                    .requires(Capability.MULTI_STREAM_APPEND)
                    .needs(Need.HELD_APPEND));

    private PageRules() {}

    private static void pagesTell(Backend backend, StreamId stream, long version, long first) {
        tells(backend.readStream(stream, Direction.FORWARDS, 0, 1), "forwards", version, first);
        tells(backend.readStream(stream, Direction.FORWARDS, version + 4, 10), "forwards from the end", version, first);
        tells(backend.readStream(stream, Direction.BACKWARDS, Long.MAX_VALUE, 1), "backwards", version, first);
        StreamPage before = backend.readStream(stream, Direction.BACKWARDS, first - 1, 10);
        Expect.none("events before the lowest version", before.events());
        tells(before, "backwards from before the lowest version", version, first);
    }

    private static void tells(StreamPage page, String where, long version, long first) {
        Expect.equal("version, " + where, version, page.version());
        Expect.equal("lowest version, " + where, first, page.first());
    }

    /** Each of two appends checks the stream that the other writes: one is written. */
    private static void atTheCommit(RuleContext rule) throws Exception {
        StreamId one = rule.stream();
        StreamId other = rule.stream();
        AppendRequest first = AppendRequest.to(one, noStream(), rule.event()).check(other, noStream());
        AppendRequest second = AppendRequest.to(other, noStream(), rule.event()).check(one, noStream());
        boolean firstWritten;
        AppendOutcome outcome;
        try (HeldAppend held = rule.hold(first)) {
            Caller<AppendOutcome> caller = new Caller<>(rule, () -> rule.store().tryAppend(second));
            caller.waits();
            firstWritten = held.commit() instanceof Appended;
            outcome = caller.returns("the second append");
        }
        Expect.that(
                firstWritten != outcome instanceof Appended,
                "two appends, each of which checks what the other writes: the first was %s, the second %s"
                        .formatted(firstWritten ? "written" : "not written", outcome));
        Expect.equal(
                "version of the first stream",
                firstWritten ? 1L : 0L,
                rule.store().version(one));
        Expect.equal(
                "version of the second stream",
                firstWritten ? 0L : 1L,
                rule.store().version(other));
    }
}
