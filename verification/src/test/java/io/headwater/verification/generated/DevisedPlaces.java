package io.headwater.verification.generated;

import static io.headwater.verification.generated.ReadCalls.filter;
import static io.headwater.verification.generated.ReadCalls.from;
import static io.headwater.verification.generated.ReadCalls.isForwards;
import static io.headwater.verification.generated.ReadCalls.logPage;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Places of the log at which reads begin, in situations of their own (G6). */
final class DevisedPlaces {
    private DevisedPlaces() {}

    private static Generated log(String fault, Fault instead) {
        return Devised.of(Operation.READ_LOG, fault, () -> instead);
    }

    private static boolean isEvent(Backend sound, Position position) {
        long number = Positions.number(position);
        if (number == 0 || number == Long.MAX_VALUE) {
            return true;
        }
        List<RecordedEvent> next = sound.readLog(Positions.of(number - 1), Direction.FORWARDS, LogFilter.all(), 1)
                .events();
        return !next.isEmpty() && next.get(0).position().equals(position);
    }

    private static @Nullable Object withoutFirst(Call call) throws Throwable {
        LogPage page = logPage(call);
        List<RecordedEvent> events = page.events();
        return events.isEmpty() ? page : new LogPage(events.subList(1, events.size()), page.scannedTo(), page.more());
    }

    static Stream<Generated> all() {
        return Stream.of(
                log(
                        "after a position whose event was removed, the next is skipped",
                        call -> isForwards(call)
                                        && !isEvent(call.sound(), from(call))
                                        && from(call).compareTo(call.sound().head()) < 0
                                ? withoutFirst(call)
                                : call.proceed()),
                log(
                        "before a position whose event was removed, the next is skipped",
                        call -> !isForwards(call) && !isEvent(call.sound(), from(call))
                                ? withoutFirst(call)
                                : call.proceed()),
                log(
                        "after a position whose event was removed, the log is at its end",
                        call -> isForwards(call) && !isEvent(call.sound(), from(call))
                                ? new LogPage(
                                        List.of(),
                                        later(from(call), call.sound().head()),
                                        false)
                                : call.proceed()),
                log(
                        "before a position whose event was removed, the log begins",
                        call -> !isForwards(call) && !isEvent(call.sound(), from(call))
                                ? new LogPage(List.of(), Position.START, false)
                                : call.proceed()),
                log(
                        "backwards from the start is from the end",
                        call -> !isForwards(call) && from(call).equals(Position.START)
                                ? call.proceed(Position.END, call.argument(1), call.argument(2), call.argument(3))
                                : call.proceed()),
                log(
                        "forwards from the end is from the start",
                        call -> isForwards(call) && from(call).equals(Position.END)
                                ? call.proceed(Position.START, call.argument(1), call.argument(2), call.argument(3))
                                : call.proceed()),
                log(
                        "backwards from the end leaves out the last event",
                        call -> !isForwards(call)
                                        && from(call).equals(Position.END)
                                        && !filter(call).isAll()
                                ? call.proceed(
                                        call.sound().head(), call.argument(1), call.argument(2), call.argument(3))
                                : call.proceed()),
                log(
                        "a position beyond the head is taken for the head",
                        call -> from(call).isAfter(call.sound().head()) && isForwards(call)
                                ? call.proceed(
                                        call.sound().head(), call.argument(1), call.argument(2), call.argument(3))
                                : call.proceed()));
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }
}
