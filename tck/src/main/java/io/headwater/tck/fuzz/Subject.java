package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.ReadOptions;
import io.headwater.Snapshot;
import io.headwater.StreamId;
import java.util.List;
import java.util.Optional;

/**
 * The subject of a script: the model or a store. A position in the log is given by a mark: 0 is the end of the log
 * before the script, <i>n</i> is the position after the <i>n</i>-th single append that wrote events, and a larger
 * number is the last of these.
 */
interface Subject {

    Answer append(AppendRequest request);

    Answer appendAll(List<AppendRequest> requests);

    Answer readStream(StreamId stream, ReadOptions options);

    /** Reads all events that match a filter, after a mark or before it. */
    Answer readLog(LogFilter filter, Direction direction, int mark, int limit);

    Answer head();

    /** Reads the positions of the times at which events were recorded. */
    Answer positionAt();

    Answer delete(StreamId stream, ExpectedVersion expected);

    Answer tombstone(StreamId stream, ExpectedVersion expected);

    Answer truncateBefore(StreamId stream, long version);

    Answer scavenge();

    Answer saveSnapshot(Snapshot snapshot);

    Answer loadSnapshot(StreamId stream, String name);

    Answer deleteSnapshot(StreamId stream, String name);

    Answer streams(String prefix, Optional<StreamId> after, int limit);

    Answer categories();

    SubscriptionSubject subscriptions();
}
