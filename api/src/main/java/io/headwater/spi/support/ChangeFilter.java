package io.headwater.spi.support;

import io.headwater.LogFilter;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import java.util.Set;

/** Which changes a filter of the log accepts (F4). */
public final class ChangeFilter {
    private ChangeFilter() {}

    /** Returns whether the filter accepts an event of an append, or the stream of another change, whatever types it names. */
    public static boolean accepts(LogFilter filter, Change change) {
        if (change instanceof Appended appended) {
            return appended.events().stream().anyMatch(filter::accepts);
        }
        LogFilter streams = new LogFilter(filter.categories(), Set.of(), filter.streamPrefix());
        return change.streams().stream().anyMatch(stream -> streams.accepts(stream, ""));
    }
}
