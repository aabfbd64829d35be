package io.headwater.verification.generated;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Positions;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Positions of times in situations of their own (G10). */
final class DevisedTimes {
    private DevisedTimes() {}

    private static Generated time(String fault, Fault instead) {
        return Devised.of(Operation.POSITION_AT, fault, () -> instead);
    }

    private static Position before(RecordedEvent event) {
        return Positions.of(Positions.number(event.position()) - 1);
    }

    static Stream<Generated> all() {
        return Stream.of(
                time("the first of events of one time lies before it", call -> {
                    Instant time = call.argument(0, Instant.class);
                    Optional<RecordedEvent> second = ReadCalls.log(call.sound()).stream()
                            .filter(event -> event.recordedAt().equals(time))
                            .skip(1)
                            .findFirst();
                    return second.isPresent() ? before(second.get()) : call.proceed();
                }),
                time("a time that is that of an event lies behind it", call -> {
                    Instant time = call.argument(0, Instant.class);
                    return ReadCalls.log(call.sound()).stream()
                            .filter(event -> event.recordedAt().equals(time))
                            .findFirst()
                            .<Object>map(RecordedEvent::position)
                            .orElse(call.proceed());
                }),
                time("a time after all events is an error", call -> {
                    Instant time = call.argument(0, Instant.class);
                    boolean after = ReadCalls.log(call.sound()).stream()
                            .allMatch(event -> event.recordedAt().isBefore(time));
                    if (after) {
                        throw new NoSuchElementException("no event of " + time);
                    }
                    return call.proceed();
                }),
                time("a time is cut to seconds and searched behind it", call -> {
                    Instant time = call.argument(0, Instant.class);
                    Instant next = Instant.ofEpochSecond(time.getEpochSecond() + 1);
                    return call.proceed(time.getNano() == 0 ? time : next);
                }),
                time(
                        "a time in the year 1970 or before is the end of the log",
                        call -> call.argument(0, Instant.class).isBefore(Instant.ofEpochSecond(365L * 24 * 3600))
                                ? call.sound().head()
                                : call.proceed()));
    }
}
