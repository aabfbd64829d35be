package io.headwater.migration.store;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;

/** Where appends of an import or a copy go. Blocks; as thread-safe as the store. */
public interface Sink {

    /** Makes these appends in order. May end early, as after a conflict: what has no outcome was not made. */
    List<AppendOutcome> append(List<AppendRequest> requests);

    /** In bulk where the store can, else one by one. */
    static Sink into(EventStore store) {
        if (!store.capabilities().supports(Capability.BULK_IMPORT)) {
            return requests -> oneByOne(store, requests);
        }
        return store.facet(BulkImport.class)
                .<Sink>map(bulk -> requests -> inBulk(bulk, requests))
                .orElseThrow();
    }

    /** What lay before an append to a tombstoned stream was made, which the exception for that one does not tell. */
    private static List<AppendOutcome> inBulk(BulkImport bulk, List<AppendRequest> requests) {
        try {
            return bulk.appendAll(requests);
        } catch (StreamDeleted e) {
            List<AppendOutcome> made = requests.stream()
                    .takeWhile(request -> !writesTo(e.stream(), request))
                    .map(Sink::pretended)
                    .toList();
            if (made.isEmpty() || made.size() == requests.size()) {
                throw e;
            }
            return made;
        }
    }

    private static boolean writesTo(StreamId stream, AppendRequest request) {
        return request.writes().stream().anyMatch(write -> write.stream().equals(stream));
    }

    private static List<AppendOutcome> oneByOne(EventStore store, List<AppendRequest> requests) {
        List<AppendOutcome> outcomes = new ArrayList<>(requests.size());
        try {
            for (AppendRequest request : requests) {
                AppendOutcome outcome = store.tryAppend(request);
                outcomes.add(outcome);
                if (outcome instanceof AppendOutcome.Conflict) {
                    break;
                }
            }
        } catch (StreamDeleted e) {
            if (outcomes.isEmpty()) {
                throw e;
            }
        }
        return outcomes;
    }

    /** Nowhere: every append goes well, and nothing is written. */
    static Sink nowhere() {
        return requests -> requests.stream().map(Sink::pretended).toList();
    }

    private static AppendOutcome pretended(AppendRequest request) {
        return new Appended(request.writes().stream()
                .map(write -> new AppendResult(write.stream(), write.events().size(), Position.START, false))
                .toList());
    }
}
