package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.Map;
import java.util.stream.Stream;

/** Returns requests that are slightly simpler than a given one, to reduce a script. */
final class SimplerRequests {
    private SimplerRequests() {}

    /** Returns simpler requests, the most promising first. */
    static Stream<AppendRequest> of(AppendRequest request) {
        return Stream.of(
                        Variants.withoutOne(request.writes())
                                .filter(writes -> !writes.isEmpty())
                                .map(writes -> new AppendRequest(writes, request.checks())),
                        Variants.withoutOne(request.checks())
                                .map(checks -> new AppendRequest(request.writes(), checks)),
                        Variants.withOneSimpler(request.writes(), SimplerRequests::write)
                                .map(writes -> new AppendRequest(writes, request.checks())),
                        Variants.withOneSimpler(request.checks(), SimplerRequests::check)
                                .map(checks -> new AppendRequest(request.writes(), checks)))
                .flatMap(requests -> requests);
    }

    private static Stream<StreamWrite> write(StreamWrite write) {
        Stream<StreamWrite> fewer = Variants.withoutOne(write.events())
                .filter(events -> !events.isEmpty())
                .map(events -> new StreamWrite(write.stream(), write.expected(), events));
        Stream<StreamWrite> plainer = Variants.withOneSimpler(write.events(), SimplerRequests::event)
                .map(events -> new StreamWrite(write.stream(), write.expected(), events));
        Stream<StreamWrite> simplerExpectations =
                expected(write.expected()).map(expected -> new StreamWrite(write.stream(), expected, write.events()));
        return Stream.of(fewer, plainer, simplerExpectations).flatMap(writes -> writes);
    }

    private static Stream<StreamCheck> check(StreamCheck check) {
        return expected(check.expected()).map(expected -> new StreamCheck(check.stream(), expected));
    }

    private static Stream<EventData> event(EventData event) {
        EventData plain = Code.plain(event.id());
        return plain.equals(event) ? Stream.of() : Stream.of(plain);
    }

    /** Returns the expectation with smaller versions. Its kind does not change, so that the reduction ends. */
    private static Stream<ExpectedVersion> expected(ExpectedVersion expected) {
        return expected instanceof ExpectedVersion.Exactly exactly && exactly.version() > 1
                ? Stream.of(ExpectedVersion.exactly(1), ExpectedVersion.exactly(exactly.version() - 1))
                : Stream.of();
    }

    /** Returns a copy that expects versions which are lower by the number of events that its streams have fewer. */
    static AppendRequest lowered(AppendRequest request, Map<StreamId, Integer> fewer) {
        return new AppendRequest(
                request.writes().stream()
                        .map(write -> new StreamWrite(
                                write.stream(), lowered(write.stream(), write.expected(), fewer), write.events()))
                        .toList(),
                request.checks().stream()
                        .map(check -> new StreamCheck(check.stream(), lowered(check.stream(), check.expected(), fewer)))
                        .toList());
    }

    private static ExpectedVersion lowered(StreamId stream, ExpectedVersion expected, Map<StreamId, Integer> fewer) {
        return expected instanceof ExpectedVersion.Exactly exactly
                ? ExpectedVersion.exactly(Math.max(0, exactly.version() - fewer.getOrDefault(stream, 0)))
                : expected;
    }
}
