package io.headwater.spi.support;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.StreamDeleted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the appends of a series ended, up to the first that is in conflict or meets a tombstone: what {@link
 * io.headwater.BulkImport#appendAll} promises.
 *
 * @param outcomes of those that were decided, in their order
 * @param tombstoned thrown by the append that follows them; null if there is none
 */
public record AppendSeries(
        List<AppendOutcome> outcomes, @Nullable StreamDeleted tombstoned) {
    public AppendSeries {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * One append of a series.
     *
     * @param <E> what it throws beside unchecked exceptions
     */
    @FunctionalInterface
    public interface Append<E extends Exception> {
        /** Decides and writes. Called for one request after the other, in their order. */
        AppendOutcome append(AppendRequest request) throws E;
    }

    /** Makes these appends one after the other. Ends before the end after a conflict, and at a stream that is tombstoned. */
    public static <E extends Exception> AppendSeries of(List<AppendRequest> requests, Append<E> append) throws E {
        List<AppendOutcome> outcomes = new ArrayList<>();
        for (AppendRequest request : requests) {
            try {
                outcomes.add(append.append(request));
            } catch (StreamDeleted e) {
                return new AppendSeries(outcomes, e);
            }
            if (outcomes.get(outcomes.size() - 1) instanceof Conflict) {
                break;
            }
        }
        return new AppendSeries(outcomes, null);
    }

    /**
     * The outcomes, once what they wrote is durable.
     *
     * @throws StreamDeleted if the series met a tombstone
     */
    public List<AppendOutcome> orThrow() {
        if (tombstoned != null) {
            throw tombstoned;
        }
        return outcomes;
    }
}
