package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamCheck;
import io.headwater.StreamWrite;
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
}
