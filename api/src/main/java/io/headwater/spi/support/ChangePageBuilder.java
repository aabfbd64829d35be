package io.headwater.spi.support;

import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import io.headwater.spi.ChangePage;
import io.headwater.spi.support.StreamState.RecentAppend;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Builds a page of changes (F4) from the rows of events and the changes that have none, both in the order of the log. Not
 * thread-safe.
 */
public final class ChangePageBuilder {
    private final LogFilter filter;
    private final int limit;
    private final Deque<Change> hidden;
    private final List<Change> changes = new ArrayList<>();
    private final List<List<RecordedEvent>> append = new ArrayList<>();
    private Optional<Position> scannedTo = Optional.empty();
    private int count;
    private long bytes;

    /**
     * A stored event.
     *
     * @param beginsAppend whether it is the first event of its append that is stored
     * @param beginsWrite whether it is the first event of its append in its stream that is stored
     */
    public record Row(RecordedEvent event, boolean beginsAppend, boolean beginsWrite) {}

    /**
     * Begins a page.
     *
     * @param hidden the truncations and tombstones of the range of the log that is read, in order
     */
    public ChangePageBuilder(LogFilter filter, int limit, List<? extends Change> hidden) {
        this.filter = filter;
        this.limit = limit;
        this.hidden = new ArrayDeque<>(hidden);
    }

    /** Adds the next event. Returns false if it was not added, because the page was full before its append. */
    public boolean add(Row row) {
        if (row.beginsAppend()) {
            endAppend();
            addHiddenBefore(row.event().position());
            if (isFull()) {
                return false;
            }
        }
        if (row.beginsWrite()) {
            append.add(new ArrayList<>());
        }
        append.get(append.size() - 1).add(row.event());
        bytes += row.event().data().size() + row.event().metadata().size();
        return true;
    }

    private void endAppend() {
        if (append.isEmpty()) {
            return;
        }
        add(new Appended(append.stream().map(events -> new Write(false, events)).toList()));
        append.clear();
    }

    private void addHiddenBefore(Position end) {
        while (!isFull() && !hidden.isEmpty() && !position(hidden.peekFirst()).isAfter(end)) {
            add(hidden.removeFirst());
        }
    }

    private void add(Change change) {
        scannedTo = Optional.of(position(change));
        if (ChangeFilter.accepts(filter, change)) {
            changes.add(change);
            count += change instanceof Appended appended ? appended.events().size() : 1;
        }
    }

    private boolean isFull() {
        return count >= limit || bytes >= LogPages.MAX_BYTES;
    }

    private static Position position(Change change) {
        if (change instanceof Appended appended) {
            return appended.position();
        }
        return change instanceof Truncated truncated ? truncated.position() : ((Tombstoned) change).position();
    }

    /**
     * Returns the page, once no event is left or one was not added.
     *
     * @param end the end of the range that was read
     * @param head the head of the log
     * @param recent the recent appends of a stream, which are those that may be told to have a non-exact expectation
     */
    public ChangePage build(Position end, Position head, Function<StreamId, List<RecentAppend>> recent) {
        endAppend();
        addHiddenBefore(end);
        Position reached = isFull() ? scannedTo.orElse(end) : end;
        List<Change> page =
                changes.stream().map(change -> withExpectations(change, recent)).toList();
        return new ChangePage(page, reached, head.isAfter(reached));
    }

    private static Change withExpectations(Change change, Function<StreamId, List<RecentAppend>> recent) {
        return change instanceof Appended appended
                ? new Appended(appended.writes().stream()
                        .map(write -> new Write(
                                RecentAppends.contain(
                                        Objects.requireNonNull(recent.apply(write.stream())), write.events()),
                                write.events()))
                        .toList())
                : change;
    }
}
