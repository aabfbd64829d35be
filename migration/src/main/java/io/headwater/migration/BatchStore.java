package io.headwater.migration;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.EventStoreException;
import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.Limits;
import io.headwater.StreamDeleted;
import io.headwater.migration.store.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stores a batch of lines, however often other writers come in between. */
final class BatchStore {
    private static final int MAX_ATTEMPTS = 100;

    private final Sink sink;
    private final Limits limits;
    private final ImportedStreams states;
    private final ImportCounts counts;
    private final Rejects rejects;
    private final Lineage lineage;

    BatchStore(
            Sink sink, Limits limits, ImportedStreams states, Lineage lineage, ImportCounts counts, Rejects rejects) {
        this.sink = sink;
        this.limits = limits;
        this.states = states;
        this.lineage = lineage;
        this.counts = counts;
        this.rejects = rejects;
    }

    /** Stores what can be stored, then rejects the rest: the order that an end at the first bad line needs. */
    void store(List<EventLine> lines) throws ImportStopped, IOException {
        List<BadLine> refused = new ArrayList<>();
        storeOrRefuse(lines, refused);
        refused.sort(Comparator.comparingLong(bad -> bad.line().number()));
        for (BadLine bad : refused) {
            counts.countRejected();
            rejects.reject(bad);
        }
    }

    private void storeOrRefuse(List<EventLine> lines, List<BadLine> refused) {
        List<EventLine> left = lines;
        int attempts = 0;
        while (!left.isEmpty()) {
            List<EventLine> before = left;
            left = attempt(before, refused);
            attempts = left.size() < before.size() ? 0 : attempts + 1;
            if (attempts >= MAX_ATTEMPTS) {
                throw tooMuchContention(left.get(0));
            }
        }
    }

    private static TooMuchContention tooMuchContention(EventLine line) {
        return new TooMuchContention(
                "line %s: other writers changed stream '%s' %s times in a row while it was being imported; run the same command again when they are done"
                        .formatted(line.line().number(), line.stream(), MAX_ATTEMPTS));
    }

    /** Returns what is still to be stored, in order. */
    private List<EventLine> attempt(List<EventLine> lines, List<BadLine> refused) {
        ImportPlan plan = new ImportPlan(states, limits, lineage).over(lines, rejects.stopImport());
        lineage.refuseAnother();
        try {
            List<AppendOutcome> outcomes = plan.groups().isEmpty() ? List.of() : sink.append(plan.requests());
            refused.addAll(plan.refused());
            return settle(plan, outcomes);
        } catch (StreamDeleted | LimitExceeded | InvalidRequest e) {
            states.forgetAll();
            findRefused(lines, e, refused);
            return List.of();
        }
    }

    /** The store refused a line without saying which: makes them one by one. What it took already is found again. */
    private void findRefused(List<EventLine> lines, EventStoreException reason, List<BadLine> refused) {
        if (lines.size() == 1) {
            refused.add(new BadLine(lines.get(0).line(), String.valueOf(reason.getMessage())));
            return;
        }
        for (EventLine line : lines) {
            storeOrRefuse(List.of(line), refused);
            if (rejects.stopImport() && !refused.isEmpty()) {
                return;
            }
        }
    }

    private List<EventLine> settle(ImportPlan plan, List<AppendOutcome> outcomes) {
        counts.countPresent(plan.present(), plan.presentWithoutId());
        counts.countRepeated(plan.repeated());
        List<EventLine> left = new ArrayList<>();
        for (int i = 0; i < plan.groups().size(); i++) {
            AppendGroup group = plan.groups().get(i);
            if (i < outcomes.size() && isWritten(outcomes.get(i))) {
                counts.countAppended(group.lines().size());
                group.lines().forEach(lineage::written);
            } else {
                left.addAll(group.lines());
            }
        }
        left.forEach(line -> states.forget(line.stream()));
        left.addAll(plan.later());
        return left;
    }

    /** A repeat is known by its ids alone: its lines are planned again, and compared with what is stored. */
    private static boolean isWritten(AppendOutcome outcome) {
        return outcome instanceof Appended done && !done.first().replayed();
    }
}
