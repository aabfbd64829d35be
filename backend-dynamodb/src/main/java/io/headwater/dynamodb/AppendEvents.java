package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Appends, and series of them. */
final class AppendEvents implements BulkImport {
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
                outcomes.add(RequestThreads.await(append.told()));
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

    /**
     * The next ones that go together. One of several streams goes alone: a transaction has one action for each item, and a check
     * of a stream would be a second one beside the write of another append.
     */
    private static List<PendingAppend> nextGroup(List<PendingAppend> left) {
        long bytes = left.get(0).bytes();
        int size = 1;
        while (size < Math.min(left.size(), AppendGroups.MAX_APPENDS)
                && Stream.of(left.get(0), left.get(size))
                        .noneMatch(append -> append.request().isMultiStream())
                && bytes + left.get(size).bytes() <= AppendGroups.MAX_BYTES) {
            bytes += left.get(size).bytes();
            size++;
        }
        return left.subList(0, size);
    }
}
