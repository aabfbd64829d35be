package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.Payload;
import io.headwater.ReadOptions;
import io.headwater.Snapshot;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.WrongExpectedVersion;
import io.headwater.spi.HeldAppend;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Streams that calls of every kind name, and none writes: they are as if they had never been named (R2, F1). */
final class NeverWrittenRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "streams that are never written",
            must(
                    "R2.4",
                    "a stream that was read in every way and refused an append is as if it had never been named",
                    rule -> {
                        isNotThere(rule, stream -> {
                            for (ReadOptions options : List.of(ReadOptions.forwards(), ReadOptions.backwards())) {
                                rule.store().readStream(stream, options);
                                rule.store().readStream(stream, options.from(3).limit(1));
                            }
                            rule.store().version(stream);
                        });
                        isNotThere(
                                rule,
                                stream -> Outcomes.conflict(rule, AppendRequest.to(stream, exactly(3), rule.event())));
                        isNotThere(
                                rule,
                                stream -> rule.checkpoints()
                                        .acquire(stream.value(), stream.value(), LONG)
                                        .ifPresent(rule.checkpoints()::release));
                    }),
            must(
                            "A7.18",
                            "a stream that is only checked, or part of a conflict, is as if it had never been named",
                            rule -> {
                                isNotThere(
                                        rule,
                                        stream -> rule.store()
                                                .append(AppendRequest.to(rule.stream(), noStream(), rule.event())
                                                        .check(stream, noStream())));
                                isNotThere(
                                        rule,
                                        stream -> Outcomes.conflict(
                                                rule,
                                                AppendRequest.to(stream, noStream(), rule.event())
                                                        .and(rule.stream(), exactly(3), rule.event())));
                                isNotThere(
                                        rule,
                                        stream -> Outcomes.conflict(
                                                rule,
                                                AppendRequest.to(rule.stream(), exactly(3), rule.event())
                                                        .and(stream, any(), rule.event())));
                                isNotThere(
                                        rule,
                                        stream -> Outcomes.conflict(
                                                rule,
                                                AppendRequest.to(stream, noStream(), rule.event())
                                                        .check(rule.stream(), exactly(3))));
                            })
                    .requires(Capability.MULTI_STREAM_APPEND),
            must(
                            "F2.21",
                            "a stream of an import behind a conflict is as if it had never been named",
                            rule -> isNotThere(rule, stream -> {
                                AppendRequest behind = AppendRequest.to(stream, noStream(), rule.event());
                                Object last = rule.bulk()
                                        .appendAll(List.of(
                                                AppendRequest.to(rule.stream(), exactly(3), rule.event()), behind))
                                        .get(0);
                                Expect.that(last instanceof Conflict, "a conflict of an import was " + last);
                            }))
                    .requires(Capability.BULK_IMPORT),
            must(
                            "Z1.21",
                            "a stream that has only a snapshot is as if it had never been named",
                            rule -> isNotThere(
                                    rule,
                                    stream ->
                                            rule.snapshots().save(new Snapshot(stream, "state", 3, Payload.json("1")))))
                    .requires(Capability.SNAPSHOTS),
            must(
                            "D3.13",
                            "a stream that was only truncated, or refused a delete, is as if it had never been named",
                            rule -> {
                                isNotThere(rule, stream -> rule.admin().truncateBefore(stream, 3));
                                isNotThere(
                                        rule,
                                        stream -> refused(() -> rule.admin().delete(stream, any())));
                                isNotThere(
                                        rule,
                                        stream -> refused(() -> rule.admin().tombstone(stream, exactly(3))));
                            })
                    .requires(Capability.STREAM_ADMIN),
            must(
                            "T1.7",
                            "a stream whose only append was rolled back is as if it had never been named",
                            rule -> isNotThere(rule, stream -> {
                                try (HeldAppend held =
                                        rule.hold(AppendRequest.to(stream, noStream(), rule.events(2)))) {
                                    held.rollback();
                                }
                            }))
                    .needs(Need.HELD_APPEND));

    private NeverWrittenRules() {}

    private static void refused(Expect.Call call) {
        Expect.thrown(WrongExpectedVersion.class, "a call for a stream that was never written", call);
    }

    /** Fails if there is anything of a stream after it was named by this call. */
    private static void isNotThere(RuleContext rule, Consumer<StreamId> naming) {
        StreamId stream = rule.stream();
        naming.accept(stream);
        StreamSlice slice = rule.store().readStream(stream);
        Expect.equal("version", 0L, slice.version());
        Expect.none("events", slice.events());
        Expect.none("events in the log", rule.logOf(stream));
        if (rule.store().capabilities().supports(Capability.STREAM_CATALOG)) {
            StreamCatalog catalog = rule.facet(StreamCatalog.class);
            Expect.none("streams listed", catalog.streams(stream.value(), Optional.empty(), 10));
            String category = stream.category().orElseThrow();
            Expect.none(
                    "categories listed",
                    catalog.categories().stream()
                            .filter(info -> info.name().equals(category))
                            .toList());
        }
        rule.store().append(stream, noStream(), rule.event());
        Expect.versions("the first event", 1, 1, rule.store().readStream(stream).events());
    }
}
