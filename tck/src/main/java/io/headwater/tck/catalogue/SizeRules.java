package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.Limits;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Metadata;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.tck.catalogue.support.Many;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.PagedLog;
import io.headwater.tck.rule.Repeats;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Much at once, at the declared limits (P4) and beyond the sizes of pages and batches that a store may use inside. */
final class SizeRules {
    /** A store may declare more, and is tried up to here. */
    private static final int MAX_STREAMS = 2_000;

    private static final int MAX_EVENTS = 10_000;
    private static final int NAMES = 1_000;
    private static final int LARGE_EVENTS = 25;
    private static final int LARGE_BYTES = 190 << 10;
    private static final int LARGEST_BYTES = 2 << 20;

    static final RuleGroup GROUP = RuleGroup.of(
            "sizes",
            must(
                            "P4.15",
                            "an append with the maximum number of checks is refused if any one is not met",
                            SizeRules::manyChecks)
                    .requires(Capability.MULTI_STREAM_APPEND),
            must(
                    "P4.16",
                    "an append of the maximum number of events is distinguished from one that differs in the middle",
                    SizeRules::longRepeats),
            must("G6.21", "a filter of 1,000 names selects the events of each name", SizeRules::manyNames),
            must("G6.22", "a filtered read finds an event behind thousands that do not match", SizeRules::farApart),
            must(
                    "G6.25",
                    "large events, more than a page takes, are read completely, from the log and from their stream",
                    SizeRules::largeEvents),
            must("R3.8", "a long stream is read correctly, as a whole and in parts, both ways", SizeRules::longStream),
            must(
                            "F2.13",
                            "an import of thousands of appends ends at its conflict, wherever it is",
                            SizeRules::longImport)
                    .requires(Capability.BULK_IMPORT),
            must(
                    "I1.18",
                    "a repeat is recognised behind thousands of events and hundreds of appends",
                    SizeRules::lateRepeats),
            must("P1.14", "metadata of 100 entries is returned unchanged", SizeRules::longMetadata));

    private SizeRules() {}

    private static Limits limits(RuleContext rule) {
        return rule.store().capabilities().limits();
    }

    /** Several megabytes in events of 190 KiB, one of which is larger if the store takes it, and a small event after each. */
    private static void largeEvents(RuleContext rule) {
        String category = rule.name();
        StreamId large = StreamId.of(category, "large");
        StreamId small = StreamId.of(category, "small");
        List<EventData> all = new ArrayList<>();
        long most = Math.min(limits(rule).maxEventBytes(), limits(rule).maxAppendBytes());
        int largest = Math.toIntExact(Math.min(most, LARGEST_BYTES)) - 100;
        for (int i = 0; i < LARGE_EVENTS; i++) {
            int bytes = i == LARGE_EVENTS / 2 ? largest : LARGE_BYTES;
            EventData event = EventData.binary("Large", new byte[bytes]).withId(rule.id());
            rule.store().append(large, any(), event);
            all.add(event);
            all.addAll(rule.write(small, 1));
        }
        List<EventData> ofLarge =
                all.stream().filter(event -> event.type().equals("Large")).toList();
        Expect.events("stream", ofLarge, rule.store().readStream(large).events());
        rule.awaitLog(rule.store());
        for (LogFilter filter : List.of(
                new LogFilter(Set.of(category), Set.of(), ""),
                new LogFilter(Set.of(), Set.of(), category),
                new LogFilter(Set.of(category), Set.of("Large"), ""))) {
            List<EventData> expected = filter.types().isEmpty() ? all : ofLarge;
            LogQuery query = LogQuery.all().after(rule.start()).filter(filter);
            Expect.events("log", expected, PagedLog.toEnd(rule.store(), query).events());
            List<RecordedEvent> backwards =
                    new ArrayList<>(PagedLog.backTo(rule.start(), rule.store(), query.backwards())
                            .events());
            Collections.reverse(backwards);
            Expect.events("log backwards", expected, backwards);
        }
        Expect.events("all of the log", all, rule.logOf(large, small));
    }

    private static void manyChecks(RuleContext rule) {
        List<StreamId> checked = IntStream.range(1, Math.min(limits(rule).maxStreamsPerAppend(), MAX_STREAMS))
                .mapToObj(i -> rule.stream())
                .toList();
        StreamId written = rule.stream();
        Outcomes.appended(rule, checking(rule, written, checked));
        for (int index : List.of(0, checked.size() / 2, checked.size() - 1)) {
            StreamId violated = checked.get(index);
            rule.write(violated, 1);
            Expect.that(
                    Outcomes.conflict(rule, checking(rule, written, checked))
                            .contains(new Violation(violated, noStream(), 1, Reason.VERSION)),
                    "check number %s of %s is not told of".formatted(index + 1, checked.size()));
        }
        Expect.versions("written", 1, 1, rule.store().readStream(written).events());
    }

    private static AppendRequest checking(RuleContext rule, StreamId written, List<StreamId> checked) {
        return new AppendRequest(
                List.of(new StreamWrite(written, any(), rule.events(1))),
                checked.stream()
                        .map(stream -> new StreamCheck(stream, noStream()))
                        .toList());
    }

    private static void longRepeats(RuleContext rule) {
        int count = Math.min(limits(rule).maxEventsPerAppend(), rule.size(MAX_EVENTS / 5, MAX_EVENTS));
        List<EventData> events = Many.small(rule, count);
        for (ExpectedVersion expected : List.of(noStream(), any())) {
            StreamId stream = rule.stream();
            AppendRequest request = AppendRequest.to(stream, expected, events);
            AppendResult original = Outcomes.appended(rule, request);
            Outcomes.replayed(rule, request, original);
            for (int index : List.of(1, count / 2, count - 2)) {
                List<EventData> other = new ArrayList<>(events);
                other.set(index, rule.event());
                Outcomes.conflict(rule, AppendRequest.to(stream, expected, other));
            }
            List<EventData> swapped = new ArrayList<>(events);
            Collections.swap(swapped, count / 2, count / 2 - 1);
            Outcomes.conflict(rule, AppendRequest.to(stream, expected, swapped));
            Outcomes.conflict(rule, AppendRequest.to(stream, expected, events.subList(0, count / 2)));
            Outcomes.conflict(rule, AppendRequest.to(stream, exactly(count / 2L), events.subList(count / 2, count)));
            Expect.equal("version", (long) count, rule.store().version(stream));
        }
    }

    private static void manyNames(RuleContext rule) {
        Set<String> names = new TreeSet<>();
        while (names.size() < NAMES) {
            names.add(rule.name());
        }
        List<String> sorted = List.copyOf(names);
        List<StreamId> streams = new ArrayList<>();
        for (int index : List.of(0, NAMES / 2, NAMES - 1)) {
            StreamId stream = rule.stream(sorted.get(index));
            rule.store().append(stream, any(), rule.event(sorted.get(index)), rule.event());
            streams.add(stream);
        }
        rule.write(rule.stream(), 1);
        Expect.equal(
                "events of these categories",
                6,
                rule.log(new LogFilter(names, Set.of(), "")).size());
        List<RecordedEvent> ofTypes = rule.log(new LogFilter(Set.of(), names, ""));
        Expect.equal(
                "streams of these types",
                streams,
                ofTypes.stream().map(RecordedEvent::stream).toList());
    }

    private static void farApart(RuleContext rule) {
        StreamId sought = rule.stream();
        StreamId between = rule.stream();
        int distance = rule.size(6_000, 60_000);
        List<EventData> events = new ArrayList<>(rule.write(sought, 1));
        Many.append(rule, between, distance);
        events.addAll(rule.write(sought, 1));
        rule.awaitLog(rule.store());
        LogQuery query = LogQuery.category(sought.category().orElseThrow()).after(rule.start());
        for (int limit : List.of(1, LogQuery.UNLIMITED)) {
            Expect.events(
                    "forwards",
                    events,
                    PagedLog.toEnd(rule.store(), query.limit(limit)).events());
            List<RecordedEvent> backwards = new ArrayList<>(PagedLog.backTo(
                            rule.start(), rule.store(), query.backwards().limit(limit))
                    .events());
            Collections.reverse(backwards);
            Expect.events("backwards", events, backwards);
        }
        Expect.versions("between", 1, distance, rule.logOf(between));
    }

    private static void longStream(RuleContext rule) {
        StreamId stream = rule.stream();
        int count = rule.size(5_000, 70_000);
        Many.append(rule, stream, count);
        Expect.versions("forwards", 1, count, rule.store().readStream(stream).events());
        Expect.versions("backwards", count, 1, read(rule, stream, ReadOptions.backwards()));
        int middle = count / 2 + 1;
        Expect.versions(
                "from the middle",
                middle,
                count,
                read(rule, stream, ReadOptions.forwards().from(middle)));
        Expect.versions(
                "back from the middle",
                middle,
                1,
                read(rule, stream, ReadOptions.backwards().from(middle)));
        int limit = 2_500;
        Expect.versions(
                "a part",
                middle,
                middle + limit - 1L,
                read(rule, stream, ReadOptions.forwards().from(middle).limit(limit)));
        Expect.versions(
                "a part, backwards",
                middle,
                middle - limit + 1L,
                read(rule, stream, ReadOptions.backwards().from(middle).limit(limit)));
        Outcomes.conflict(rule, AppendRequest.to(stream, exactly(count - 1L), rule.event()));
        AppendResult next = Outcomes.appended(rule, AppendRequest.to(stream, exactly(count), rule.event()));
        Expect.equal("version", count + 1L, next.version());
    }

    private static List<RecordedEvent> read(RuleContext rule, StreamId stream, ReadOptions options) {
        return rule.store().readStream(stream, options).events();
    }

    private static void longImport(RuleContext rule) {
        int count = rule.size(3_000, 10_000);
        for (int failing : List.of(2, count / 2, count - 2)) {
            StreamId stream = rule.stream();
            List<AppendRequest> requests = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ExpectedVersion expected = i == failing ? exactly(count) : any();
                requests.add(AppendRequest.to(stream, expected, Many.small(rule, 1)));
            }
            List<AppendOutcome> outcomes = rule.bulk().appendAll(requests);
            Expect.equal(
                    "outcomes of an import with a conflict at %s".formatted(failing + 1), failing + 1, outcomes.size());
            Expect.that(outcomes.get(failing) instanceof Conflict, "expected a conflict, was " + outcomes.get(failing));
            Expect.versions(
                    "stream", 1, failing, rule.store().readStream(stream).events());
        }
    }

    private static void lateRepeats(RuleContext rule) {
        StreamId stream = rule.stream();
        List<AppendRequest> requests = List.of(
                AppendRequest.to(stream, noStream(), rule.events(2)),
                AppendRequest.to(stream, exactly(2), rule.events(3)),
                AppendRequest.to(rule.stream(), noStream(), rule.events(1)),
                AppendRequest.to(rule.stream(), any(), rule.events(2)));
        List<AppendResult> originals = requests.stream()
                .map(request -> Outcomes.appended(rule, request))
                .toList();
        Many.append(rule, stream, rule.size(3_000, 20_000));
        appendToOthers(rule, rule.size(300, 1_200));
        for (int i = 0; i < requests.size(); i++) {
            if (Repeats.areRecognised(rule.store().capabilities().idempotency(), requests.get(i))) {
                Outcomes.replayed(rule, requests.get(i), originals.get(i));
            }
        }
    }

    /** One append to each of this number of streams. */
    private static void appendToOthers(RuleContext rule, int count) {
        List<AppendRequest> requests = IntStream.range(0, count)
                .mapToObj(i -> AppendRequest.to(rule.stream(), noStream(), Many.small(rule, 1)))
                .toList();
        if (rule.store().capabilities().supports(Capability.BULK_IMPORT)) {
            rule.bulk().appendAll(requests);
        } else {
            requests.forEach(rule.store()::append);
        }
    }

    private static void longMetadata(RuleContext rule) {
        Map<String, String> entries = new TreeMap<>();
        IntStream.range(0, 100).forEach(i -> entries.put("key" + i, "value " + i));
        EventData event = rule.event().withMetadata(Metadata.of(entries));
        StreamId stream = rule.stream();
        rule.store().append(stream, any(), event);
        Expect.events("stream", List.of(event), rule.store().readStream(stream).events());
        Expect.equal("entries", entries, rule.logOf(stream).get(0).metadata().entries());
    }
}
