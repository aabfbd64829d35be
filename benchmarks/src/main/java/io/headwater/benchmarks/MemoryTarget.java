package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The memory backend, with plain collections as the baseline. */
final class MemoryTarget implements Target {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String facts() {
        return "nothing is durable; raw: an ArrayList and a HashMap of ArrayLists, synchronized";
    }

    @Override
    public String url(Path folder) {
        return "memory:";
    }

    @Override
    public List<Baselines> appendBaselines(int batch) {
        return List.of(new Baselines("", List.of(new MemoryLists()), Goal.NONE));
    }

    @Override
    public Optional<AppendVariant> insertBaseline() {
        return Optional.empty();
    }

    @Override
    public Reader baselineReader(Path folder, EventStore store) {
        List<RecordedEvent> log = store.log(LogQuery.all()).toList();
        return new MemoryReader(log);
    }

    @Override
    public boolean hasGoals() {
        return false;
    }

    @Override
    public boolean groupsCommits() {
        return false;
    }

    @Override
    public Goal catchUpGoal() {
        return Goal.atLeast(1_000_000);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    /** All events stay in memory. */
    @Override
    public long maxEvents() {
        return 1_000_000;
    }
}
