package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.HeldScene;
import io.headwater.tck.catalogue.support.HeldScript;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.Tail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The log beside an append that has its place in it and commits late, or never: who skips that place has lost an event,
 * and who waits there too long is stuck (G3, G4, G7, G10).
 */
final class HeldReaderRules {
    private static final int PAGE = 2;

    static final RuleGroup GROUP = RuleGroup.of(
                    "held appends: readers",
                    must("G3.7", "a reader that follows the log misses no event that is committed late", rule -> {
                        Followed followed = new Followed(rule, LogFilter.all(), rule.store());
                        followed.seeLate(rule.store(), HeldScene.request(rule, rule.stream(), 3));
                    }),
                    must("G3.8", "a reader that follows a category misses no event that is committed late", rule -> {
                        StreamId stream = rule.stream();
                        LogFilter filter = LogQuery.category(stream.category().orElseThrow())
                                .filter();
                        Followed followed = new Followed(rule, filter, rule.store());
                        followed.seeLate(rule.store(), HeldScene.request(rule, stream, 3));
                    }),
                    must("G3.9", "a reader that follows event types misses no event that is committed late", rule -> {
                        String type = rule.name();
                        LogFilter filter = LogQuery.all().types(type).filter();
                        Followed followed = new Followed(rule, filter, rule.store());
                        AppendRequest request = AppendRequest.to(
                                rule.stream(), any(), rule.event(type), rule.event(), rule.event(type));
                        followed.seeLate(rule.store(), request);
                    }),
                    must("G3.10", "readers in all instances miss no event that is committed late in one", rule -> {
                                EventStore writer = rule.another();
                                Followed followed =
                                        new Followed(rule, LogFilter.all(), rule.store(), writer, rule.another());
                                followed.seeLate(writer, HeldScene.request(rule, rule.stream(), 3));
                            })
                            .needs(Need.SECOND_INSTANCE),
                    must("G3.11", "a reader misses no event of several streams that is committed late", rule -> {
                                Followed followed = new Followed(rule, LogFilter.all(), rule.store());
                                AppendRequest request = HeldScene.request(rule, rule.stream(), 2)
                                        .and(rule.stream(), noStream(), rule.event(), rule.event());
                                followed.seeLate(rule.store(), request);
                            })
                            .requires(Capability.MULTI_STREAM_APPEND),
                    repeated(
                            "G3.12",
                            "readers miss no event when appends are committed late or never, in any order",
                            rule -> {
                                String category = rule.name();
                                Followed all = new Followed(rule, LogFilter.all(), rule.store());
                                Followed part = new Followed(
                                        rule, LogQuery.category(category).filter(), rule.store());
                                try (HeldScript script = new HeldScript(rule, category)) {
                                    script.run(() -> {
                                        all.readOn();
                                        part.readOn();
                                    });
                                    script.verify(rule.log(LogFilter.all()));
                                }
                                all.hasSeenAll();
                                part.hasSeenAll();
                            }),
                    must("G4.4", "a reader that follows the log continues past an append that is rolled back", rule -> {
                        Followed followed = new Followed(rule, LogFilter.all(), rule.store());
                        AppendRequest request = HeldScene.request(rule, rule.stream(), 3);
                        followed.passUndone(request);
                    }),
                    must("G7.4", "no position that a store reports is at or beyond a held append", rule -> {
                        StreamId stream = rule.stream();
                        LogQuery all = LogQuery.all().after(rule.start());
                        List<Position> told = new ArrayList<>();
                        try (HeldScene held = HeldScene.of(rule, HeldScene.request(rule, stream, 2))) {
                            held.append(rule.stream());
                            told.add(rule.store().head());
                            told.add(rule.store().readLog(all).scannedTo());
                            told.add(
                                    rule.store().readLog(all.types(rule.name())).scannedTo());
                            told.add(rule.store()
                                    .readLog(LogQuery.category(rule.name()).after(rule.start()))
                                    .scannedTo());
                            held.commit();
                        }
                        Position first = first(rule, stream).position();
                        told.forEach(place -> Expect.ascending("what was told, and the held append", place, first));
                    }),
                    must(
                                    "G10.5",
                                    "a reader that starts at the position of a time misses no event of that time that is committed late",
                                    HeldReaderRules::findsTime)
                            .requires(Capability.POSITION_AT_TIME))
            .needs(Need.HELD_APPEND);

    private HeldReaderRules() {}

    /** By the store's clock, which may go in large steps: what is held counts when it was recorded in a later one. */
    private static void findsTime(RuleContext rule) throws Exception {
        Instant time;
        Position found;
        RecordedEvent held;
        do {
            StreamId earlier = rule.stream();
            rule.append(earlier);
            time = first(rule, earlier).recordedAt().plus(1, ChronoUnit.MICROS);
            StreamId stream = rule.stream();
            try (HeldScene scene = HeldScene.of(rule, HeldScene.request(rule, stream, 1))) {
                scene.append(rule.stream());
                found = rule.store().positionAt(time);
                scene.commit();
            }
            held = first(rule, stream);
        } while (held.recordedAt().isBefore(time));
        Expect.ascending("where to read from, and the held append", found, held.position());
    }

    private static RecordedEvent first(RuleContext rule, StreamId stream) {
        List<RecordedEvent> events = rule.store().readStream(stream).events();
        Expect.that(!events.isEmpty(), "what was appended is not in the stream");
        return events.get(0);
    }

    /** Readers of some stores that follow a part of the log, in small pages and in large ones. */
    private static final class Followed {
        private final RuleContext rule;
        private final LogFilter filter;
        private final List<EventStore> readers;
        private final List<Tail> tails = new ArrayList<>();

        Followed(RuleContext rule, LogFilter filter, EventStore... readers) {
            this.rule = rule;
            this.filter = filter;
            this.readers = List.of(readers);
            LogQuery query = LogQuery.all().after(rule.start()).filter(filter);
            for (EventStore reader : readers) {
                tails.add(new Tail(reader, query));
                tails.add(new Tail(reader, query.limit(PAGE)));
            }
        }

        void readOn() {
            tails.forEach(Tail::readOn);
        }

        /** Fails unless they see all of an append by this store that commits late. */
        void seeLate(EventStore by, AppendRequest request) throws Exception {
            try (HeldScene held = held(by, request)) {
                held.commit();
            }
            hasSeenAll();
            Expect.that(inLog(request) > 0, "what was held is not in the log after it was committed");
        }

        /** Fails unless they go on behind an append that never commits. */
        void passUndone(AppendRequest request) throws Exception {
            try (HeldScene held = held(rule.store(), request)) {
                held.rollback();
            }
            hasSeenAll();
            Expect.equal("events in the log of what was rolled back", 0L, inLog(request));
        }

        /** Lets them read before an append by this store, and beside it while others append. */
        private HeldScene held(EventStore by, AppendRequest request) throws Exception {
            StreamId beside =
                    rule.stream(request.writes().get(0).stream().category().orElseThrow());
            rule.append(beside);
            readOn();
            HeldScene held = HeldScene.of(rule, by, request);
            try {
                readOn();
                for (StreamId stream : List.of(beside, rule.stream(), beside)) {
                    held.append(stream);
                    readOn();
                }
                return held;
            } catch (Exception | Error e) {
                held.close();
                throw e;
            }
        }

        private long inLog(AppendRequest request) {
            List<UUID> ids = request.writes().stream()
                    .flatMap(write -> write.events().stream())
                    .map(EventData::id)
                    .toList();
            return rule.log(filter).stream()
                    .filter(event -> ids.contains(event.id()))
                    .count();
        }

        /** Fails unless they have seen all that the log has now. */
        void hasSeenAll() {
            rule.append(rule.stream());
            List<RecordedEvent> log = rule.log(filter);
            readers.forEach(rule::awaitLog);
            readOn();
            tails.forEach(tail -> tail.hasSeen(log));
        }
    }
}
