package io.headwater.spi.support;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.StreamDeleted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a series of appends, up to the first append that is in conflict or whose stream is tombstoned, as
 * {@link io.headwater.BulkImport#appendAll} promises them.
 *
 * @param outcomes the outcomes of the appends that were decided, in order
 * @param tombstoned the exception of the append that follows them; null if none was thrown
 */
public record AppendSeries(
        List<AppendOutcome> outcomes, @Nullable StreamDeleted tombstoned) {
    public AppendSeries {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * One append of a series.
     *
     * @param <E> the checked exception that it throws
     */
    @FunctionalInterface
    public interface Append<E extends Exception> {
        /** Decides and writes a request. Called for one request after the other, in order. */
        AppendOutcome append(AppendRequest request) throws E;
    }

    /** Makes these appends one after the other. Stops after a conflict, and at a stream that is tombstoned. */
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
     * Returns the outcomes. To be called once the appends are durable.
     *
     * @throws StreamDeleted if the series stopped at a tombstoned stream
     */
    public List<AppendOutcome> orThrow() {
        if (tombstoned != null) {
            throw tombstoned;
        }
        return outcomes;
    }
}
