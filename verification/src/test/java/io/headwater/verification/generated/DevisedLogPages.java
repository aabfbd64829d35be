package io.headwater.verification.generated;

import static io.headwater.verification.generated.ReadCalls.filter;
import static io.headwater.verification.generated.ReadCalls.from;
import static io.headwater.verification.generated.ReadCalls.isForwards;
import static io.headwater.verification.generated.ReadCalls.limit;
import static io.headwater.verification.generated.ReadCalls.logPage;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Pages of the log, and its head, in situations of their own (G6, G7). */
final class DevisedLogPages {
    private DevisedLogPages() {}

    private static Generated log(String fault, Fault instead) {
        return Devised.of(Operation.READ_LOG, fault, () -> instead);
    }

    static Stream<Generated> all() {
        return Stream.of(
                log("a filter is applied to a page of the log, which ends where it is not full", call -> {
                    LogPage page = (LogPage) Objects.requireNonNull(
                            call.proceed(from(call), call.argument(1), LogFilter.all(), Math.max(20, limit(call))));
                    List<RecordedEvent> passing =
                            page.events().stream().filter(filter(call)::accepts).toList();
                    return passing.size() < limit(call)
                            ? new LogPage(passing, page.scannedTo(), false)
                            : call.proceed();
                }),
                log("a filtered page that is full ends at the head", call -> {
                    LogPage page = logPage(call);
                    return isForwards(call) && page.more() && !filter(call).isAll()
                            ? new LogPage(page.events(), call.sound().head(), true)
                            : page;
                }),
                log("a filtered page backwards that is full ends before the event", call -> {
                    LogPage page = logPage(call);
                    return !isForwards(call)
                                    && page.more()
                                    && !filter(call).isAll()
                                    && Positions.number(page.scannedTo()) > 1
                            ? new LogPage(page.events(), Positions.of(Positions.number(page.scannedTo()) - 1), true)
                            : page;
                }),
                log("a page that is full has no more", call -> {
                    LogPage page = logPage(call);
                    return page.events().size() == limit(call) && limit(call) > 10
                            ? new LogPage(page.events(), page.scannedTo(), false)
                            : page;
                }),
                log("a page ends after a megabyte, and has no more", call -> cutOff(call, false)),
                log("a page ends after a megabyte, and was scanned to its end", call -> cutOff(call, true)),
                log("events above a megabyte are left out", call -> {
                    LogPage page = logPage(call);
                    return new LogPage(
                            page.events().stream().filter(ReadCalls::isSmall).toList(), page.scannedTo(), page.more());
                }),
                log("an empty page in between has no more", call -> {
                    LogPage page = logPage(call);
                    int most = 40;
                    LogPage scanned = (LogPage)
                            Objects.requireNonNull(call.proceed(from(call), call.argument(1), LogFilter.all(), most));
                    boolean none =
                            !filter(call).isAll() && scanned.events().stream().noneMatch(filter(call)::accepts);
                    return none && scanned.more() ? new LogPage(List.of(), scanned.scannedTo(), false) : page;
                }),
                log("the events of an append beyond the limit are left out", call -> {
                    LogPage page = logPage(call);
                    return isForwards(call) && page.more() && page.events().size() > 1 && limit(call) > 2
                            ? new LogPage(page.events().subList(0, page.events().size() - 1), page.scannedTo(), true)
                            : page;
                }),
                Devised.of(
                        Operation.HEAD,
                        "the head is that of the last event that is left",
                        () -> DevisedLogPages::lastLeft),
                Devised.of(
                        Operation.LAST_DECIDED,
                        "what was decided is the last event that is left",
                        () -> DevisedLogPages::lastLeft));
    }

    private static LogPage cutOff(Call call, boolean scanned) throws Throwable {
        LogPage page = logPage(call);
        List<RecordedEvent> kept = new ArrayList<>();
        long bytes = 0;
        for (RecordedEvent event : page.events()) {
            bytes += event.data().size();
            if (bytes > ReadCalls.MEGABYTE && !kept.isEmpty()) {
                return scanned
                        ? new LogPage(kept, page.scannedTo(), page.more())
                        : new LogPage(kept, kept.get(kept.size() - 1).position(), false);
            }
            kept.add(event);
        }
        return page;
    }

    private static Position lastLeft(Call call) {
        return call.sound().readLog(Position.END, Direction.BACKWARDS, LogFilter.all(), 1).events().stream()
                .map(RecordedEvent::position)
                .findFirst()
                .orElse(Position.START);
    }
}
