package io.headwater.internal.subscription.log;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.SubscriptionStart;
import io.headwater.SubscriptionStart.After;
import io.headwater.SubscriptionStart.AfterVersion;
import io.headwater.SubscriptionStart.AtTime;
import io.headwater.SubscriptionStart.Now;

/**
 * The log, or the events of it that pass a filter.
 *
 * @param store the store of the log
 * @param filter selects the events
 */
record LogSource(EventStore store, LogFilter filter) implements EventSource {

    @Override
    public LogPage read(Position after, int limit) {
        return store.readLog(LogQuery.all().filter(filter).after(after).limit(limit));
    }

    @Override
    public boolean isWholeLog() {
        return filter.equals(LogFilter.all());
    }

    @Override
    public boolean readsAnywhere() {
        return true;
    }

    @Override
    public boolean accepts(RecordedEvent event) {
        return filter.accepts(event);
    }

    @Override
    public Position locate(SubscriptionStart start) {
        if (start instanceof After after) {
            EventSource.checkReached(after.position(), store, "position");
            return after.position();
        }
        if (start instanceof AtTime at) {
            return store.positionAt(at.time());
        }
        if (start instanceof AfterVersion) {
            throw new InvalidRequest("a start after a version needs a single stream");
        }
        return start instanceof Now ? store.head() : Position.START;
    }
}
