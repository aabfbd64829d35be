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
 * What a script is run on: the model, or a store. A place in the log is given by a mark: 0 is where the log was before the
 * script, <i>n</i> where the <i>n</i>-th single call of append ended that wrote something, and any larger number the last of these.
 */
interface Subject {

    Answer append(AppendRequest request);

    Answer appendAll(List<AppendRequest> requests);

    Answer readStream(StreamId stream, ReadOptions options);

    /** All that passes, after a mark or before it. */
    Answer readLog(LogFilter filter, Direction direction, int mark, int limit);

    Answer head();

    /** Where in the log the times begin at which events were recorded. */
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
