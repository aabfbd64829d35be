package io.headwater.spi;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An open storage. All that is asked of a backend; everything else is written once above it.
 *
 * <p>Calls come from many threads at once, block, and are valid: arguments were checked, the request is within the
 * declared limits, and what needs a capability is only called when it is declared. Failures are thrown as the
 * subclasses of {@link io.headwater.EventStoreException}, with the driver's exception as the cause; the guard adds the
 * backend's name and the operation to the message. Nothing is called after {@link #close()}, but calls may be under way
 * when it is called.
 */
public interface Backend extends AutoCloseable {

    /** What this storage can do. Asked once, after opening. */
    Capabilities capabilities();

    /**
     * Appends atomically, or finds that it did so before, or that an expectation is not met (rules A, I, T). {@link
     * io.headwater.spi.support.AppendDecision} decides which, for backends that can read a stream's state under a lock of their own.
     *
     * @throws io.headwater.StreamDeleted if a stream of the request is tombstoned
     * @throws io.headwater.AppendOutcomeUnknown if it may or may not have been written (I5)
     */
    AppendOutcome append(AppendRequest request);

    /**
     * Reads a page of a stream and its version, both as of one moment (T2).
     *
     * @param from inclusive; forwards 0 or more, backwards {@code Long.MAX_VALUE} for the end
     * @param limit the most events to return, at least 1; returning fewer, but not none, is allowed while there are
     *     more
     * @throws io.headwater.StreamDeleted if the stream is tombstoned
     */
    StreamPage readStream(StreamId stream, Direction direction, long from, int limit);

    /**
     * Reads a page of the global log, never beyond the head (G3). Ends a page after some megabytes of events, so
     * that large ones do not fill the reader's memory. May look at a bounded part of the log only, and then says in
     * {@link LogPage#scannedTo()} how far it came and that there is more; it always comes further.
     *
     * <p>Positions are never computed above the backend. Those that it is handed are {@link Position#START}, {@link
     * Position#END}, or were given by this storage, to this process or to another: the position of an event or of an
     * append, {@link LogPage#scannedTo()}, {@link #head()}, {@link #lastDecided()}, {@link #positionAt}, or that of a
     * checkpoint. Positions that an application kept, which may be old, are among them: the event there may have been
     * scavenged since (D4), and a storage that was put back may not have come to them again (K5). Both are read as a
     * place like any other, in log order: forwards after a position at or beyond the head, the page is empty and ends
     * at that position.
     *
     * @param from exclusive; {@link Position#START} and {@link Position#END} in either direction
     * @param limit the most events to return, at least 1
     */
    LogPage readLog(Position from, Direction direction, LogFilter filter, int limit);

    /** The head, the high-water mark of the log (G7): everything at or below it is decided. */
    Position head();

    /**
     * The greatest position that was ever decided in this storage, as far as the storage can tell now (K4): at or above
     * the head and every position that an append returned or a reader was given, in any process. Checkpoints are
     * compared with it, as an append that is under way may hold the head back, or let a process that looks for the
     * first time see a lower head than others have seen. The default is the head, which is right where neither happens.
     */
    default Position lastDecided() {
        return head();
    }

    /**
     * What tells this storage from every other one: given when it was created, and the same for ever, in every process.
     * A position means something only together with it (K4).
     */
    String storeId();

    /** Where durable subscriptions keep how far they came, and who may run them. */
    CheckpointStore checkpoints();

    /**
     * Registers a call to make after events became visible in the log, to spare pollers the wait. Called on any thread,
     * also when nothing is new; it returns at once. A call that is missed costs a poll, no event. The default never
     * calls: readers then poll.
     *
     * @return ends the registration when closed
     */
    default AutoCloseable onAppend(Runnable wakeUp) {
        return () -> {};
    }

    /**
     * The maximum interval at which a subscription polls the end of the log without a wake-up. Short where {@link
     * #onAppend} is never called or misses what other processes append; how short is a matter of what a look costs.
     */
    default Duration pollInterval() {
        return Duration.ofMillis(50);
    }

    /**
     * See {@link io.headwater.EventStore#positionAt}. Called only with {@link
     * io.headwater.Capability#POSITION_AT_TIME}.
     */
    default Position positionAt(Instant time) {
        throw new UnsupportedOperationException("POSITION_AT_TIME is declared and positionAt is not implemented");
    }

    /**
     * The part of this backend that does this: a facet of {@link io.headwater.Capability}, for those that are declared,
     * or an interface of the backend's own. Called at any time; the answer is the same each time. Facets must be
     * interfaces.
     */
    default <T> Optional<T> facet(Class<T> type) {
        return Optional.empty();
    }

    /** Gives back every thread, connection and lock; ends calls under way. Called once. */
    @Override
    void close();
}
