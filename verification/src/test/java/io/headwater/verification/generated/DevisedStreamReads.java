package io.headwater.verification.generated;

import static io.headwater.verification.generated.ReadCalls.isForwards;
import static io.headwater.verification.generated.ReadCalls.page;

import io.headwater.Direction;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pages of streams in situations of their own (R). */
final class DevisedStreamReads {
    private DevisedStreamReads() {}

    private static Generated stream(String fault, Fault instead) {
        return Devised.of(Operation.READ_STREAM, fault, () -> instead);
    }

    private static StreamPage with(StreamPage page, List<RecordedEvent> events) {
        return new StreamPage(page.version(), page.first(), events);
    }

    static Stream<Generated> all() {
        return Stream.of(
                stream("hidden events count towards the limit", call -> {
                    StreamPage page = page(call);
                    long from = (long) call.argument(2);
                    long hidden = Math.max(0, page.first() - Math.max(1, from));
                    return isForwards(call)
                            ? with(
                                    page,
                                    page.events().stream()
                                            .limit(Math.max(0, (int) call.argument(3) - hidden))
                                            .toList())
                            : page;
                }),
                stream("backwards from before the first that is left begins at the first", call -> {
                    StreamPage page = page(call);
                    boolean before = !isForwards(call)
                            && (long) call.argument(2) < page.first()
                            && page.first() > 1
                            && page.first() <= page.version();
                    return before ? call.proceed(call.argument(0), Direction.BACKWARDS, page.first(), 1) : page;
                }),
                stream("backwards from beyond the end is empty", call -> {
                    StreamPage page = page(call);
                    long from = (long) call.argument(2);
                    return !isForwards(call) && from > page.version() && from < Long.MAX_VALUE
                            ? with(page, List.of())
                            : page;
                }),
                stream("the version is looked up after the events", call -> {
                    StreamPage page = page(call);
                    ContentionFaults.pause();
                    StreamPage end = Success.end(call.sound(), call.argument(0, StreamId.class));
                    return new StreamPage(end.version(), page.first(), page.events());
                }),
                stream("the version is looked up before the events", call -> {
                    StreamPage end = Success.end(call.sound(), call.argument(0, StreamId.class));
                    ContentionFaults.pause();
                    StreamPage page = page(call);
                    return new StreamPage(end.version(), end.first(), page.events());
                }),
                stream("the first version is that of the first event of the page", call -> {
                    StreamPage page = page(call);
                    return page.events().isEmpty() || !isForwards(call)
                            ? page
                            : new StreamPage(
                                    page.version(), page.events().get(0).version(), page.events());
                }),
                stream("the first version of an emptied stream is 1", call -> {
                    StreamPage page = page(call);
                    return page.first() > page.version() ? new StreamPage(page.version(), 1, page.events()) : page;
                }),
                stream("the version of an emptied stream that is read from beyond its end is 0", call -> {
                    StreamPage page = page(call);
                    return page.first() > page.version() && (long) call.argument(2) > page.version()
                            ? new StreamPage(0, 1, List.of())
                            : page;
                }),
                stream("events above a megabyte are left out", call -> {
                    StreamPage page = page(call);
                    return with(
                            page,
                            page.events().stream().filter(ReadCalls::isSmall).toList());
                }),
                stream("two events of a stream change places where a page begins", call -> {
                    StreamPage page = page(call);
                    List<RecordedEvent> events = new ArrayList<>(page.events());
                    if (isForwards(call) && (long) call.argument(2) > 1 && events.size() > 1) {
                        events.add(0, events.remove(1));
                    }
                    return with(page, events);
                }));
    }
}
