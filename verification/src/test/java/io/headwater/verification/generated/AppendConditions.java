package io.headwater.verification.generated;

import static io.headwater.verification.generated.Conditions.condition;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamWrite;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The conditions of appends. */
final class AppendConditions {
    private AppendConditions() {}

    private static Stream<AppendRequest> requests(Call call) {
        Object first = call.argument(0);
        return first instanceof AppendRequest request
                ? Stream.of(request)
                : ((List<?>) first).stream().map(AppendRequest.class::cast);
    }

    private static Condition ofRequest(String name, Predicate<AppendRequest> when) {
        return condition(name, call -> requests(call).anyMatch(when));
    }

    private static Condition ofWrite(String name, Predicate<StreamWrite> when) {
        return ofRequest(name, request -> request.writes().stream().anyMatch(when));
    }

    private static Condition ofEvent(String name, Predicate<EventData> when) {
        return ofWrite(name, write -> write.events().stream().anyMatch(when));
    }

    static Stream<Condition> ofSeries() {
        return Stream.concat(
                ofRequests(),
                Stream.of(
                        condition("in a series of more than 1", call -> CheckpointConditions.size(call) > 1),
                        condition("in a series of more than 20", call -> CheckpointConditions.size(call) > 20)));
    }

    static Stream<Condition> ofRequests() {
        return Stream.of(
                ofRequest("of more than 100 events", request -> request.eventCount() > 100),
                ofRequest("of more than 256 events", request -> request.eventCount() > 256),
                ofRequest("of more than 1000 events", request -> request.eventCount() > 1000),
                ofRequest("to several streams", request -> request.writes().size() > 1),
                ofRequest("to more than 10 streams", request -> request.writes().size() > 10),
                ofRequest("with a check", request -> !request.checks().isEmpty()),
                ofRequest("with more than 4 checks", request -> request.checks().size() > 4),
                ofWrite("expecting any version", write -> write.expected().equals(ExpectedVersion.any())),
                ofWrite("expecting no stream", write -> write.expected().equals(ExpectedVersion.noStream())),
                ofWrite("expecting a stream", write -> write.expected().equals(ExpectedVersion.streamExists())),
                ofWrite("expecting version 10 or later", write -> expects(write, 10)),
                ofWrite("expecting version 100 or later", write -> expects(write, 100)),
                ofWrite("expecting version 1000 or later", write -> expects(write, 1000)),
                ofWrite(
                        "to a name longer than 64",
                        write -> write.stream().value().length() > 64),
                ofEvent("of data above 64 KiB", event -> event.data().size() > 64 << 10),
                ofEvent("of empty data", event -> event.data().size() == 0),
                ofEvent(
                        "of more than 16 entries of metadata",
                        event -> event.metadata().entries().size() > 16),
                ofEvent("of a type longer than 64", event -> event.type().length() > 64),
                condition("to a stream that was emptied", call -> first(call, page -> page.first() > page.version())),
                condition("to a stream that was truncated", call -> first(call, page -> page.first() > 1)),
                condition("to a stream beyond version 10", call -> first(call, page -> page.version() > 10)),
                condition("to a stream beyond version 100", call -> first(call, page -> page.version() > 100)));
    }

    private static boolean expects(StreamWrite write, long version) {
        return write.expected() instanceof ExpectedVersion.Exactly exactly && exactly.version() >= version;
    }

    /** Whether the first stream that is written is like this, if it was ever written. */
    private static boolean first(Call call, Predicate<StreamPage> like) {
        return requests(call)
                .findFirst()
                .map(request -> request.writes().get(0).stream())
                .map(stream -> Conditions.isLike(call.sound(), stream, like))
                .orElse(false);
    }
}
