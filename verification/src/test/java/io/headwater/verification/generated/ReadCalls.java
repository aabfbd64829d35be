package io.headwater.verification.generated;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Backend;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.Objects;

/** What calls that read ask for, and what the sound part answers. */
final class ReadCalls {
    static final int MEGABYTE = 1 << 20;

    private ReadCalls() {}

    static StreamPage page(Call call) throws Throwable {
        return (StreamPage) Objects.requireNonNull(call.proceed());
    }

    static LogPage logPage(Call call) throws Throwable {
        return (LogPage) Objects.requireNonNull(call.proceed());
    }

    static boolean isForwards(Call call) {
        return call.argument(1) == Direction.FORWARDS;
    }

    /** Where a read of the log begins. */
    static Position from(Call call) {
        return call.argument(0, Position.class);
    }

    static LogFilter filter(Call call) {
        return call.argument(2, LogFilter.class);
    }

    static int limit(Call call) {
        return (int) call.argument(3);
    }

    static boolean isSmall(RecordedEvent event) {
        return event.data().size() < MEGABYTE;
    }

    /** All events that are left. */
    static List<RecordedEvent> log(Backend sound) {
        return sound.readLog(Position.START, Direction.FORWARDS, LogFilter.all(), Integer.MAX_VALUE)
                .events();
    }
}
