package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import java.util.ArrayList;
import java.util.List;

/** Appends, and series of them. */
final class AppendEvents implements BulkImport {
    /** Streams that appends of one ticket write or check together, at most. */
    private static final int MAX_STREAMS = 33;

    private final Log log;
    private final AppendGroups groups;
    private final Runnable appended;

    /** Appends to this log. The call is made after something was written. */
    AppendEvents(Log log, AppendGroups groups, Runnable appended) {
        this.log = log;
        this.groups = groups;
        this.appended = appended;
    }

    AppendOutcome append(AppendRequest request) {
        return groups.append(request);
    }

    @Override
    public List<AppendOutcome> appendAll(List<AppendRequest> requests) {
        List<AppendOutcome> outcomes = new ArrayList<>();
        List<PendingAppend> left =
                new ArrayList<>(requests.stream().map(PendingAppend::new).toList());
        while (!left.isEmpty()) {
            List<PendingAppend> group = List.copyOf(nextGroup(left));
            List<PendingAppend> open = run(group);
            for (PendingAppend append : group) {
                if (open.contains(append)) {
                    break;
                }
                left.remove(0);
                outcomes.add(Calls.await(append.told()));
                if (outcomes.get(outcomes.size() - 1) instanceof Conflict) {
                    return outcomes;
                }
            }
        }
        return outcomes;
    }

    private List<PendingAppend> run(List<PendingAppend> group) {
        List<PendingAppend> open = log.table()
                .calls()
                .write(() -> new AppendRun(log, group).inOrder().run());
        if (group.stream().anyMatch(PendingAppend::isWritten)) {
            appended.run();
        }
        return open;
    }

    private static List<PendingAppend> nextGroup(List<PendingAppend> left) {
        long bytes = 0;
        int streams = 0;
        int size = 0;
        for (PendingAppend append : left) {
            bytes += append.bytes();
            streams += append.streams().size();
            boolean fits = bytes <= AppendGroups.MAX_BYTES && streams <= MAX_STREAMS;
            if (size == AppendGroups.MAX_APPENDS || (size > 0 && !fits)) {
                break;
            }
            size++;
        }
        return left.subList(0, size);
    }
}
