package io.headwater.tck.rule;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.StreamId;

/** A process that writes its operations into the history. */
final class RecordedProcess implements StoreProcess {
    private static final String NAME = "process";

    private final StoreProcess process;
    private final History history;

    RecordedProcess(StoreProcess process, History history) {
        this.process = process;
        this.history = history;
    }

    @Override
    public AppendOutcome tryAppend(AppendRequest request) {
        return history.record(NAME, "append", () -> process.tryAppend(request), request);
    }

    @Override
    public void hold(AppendRequest request) {
        history.record(
                NAME,
                "hold",
                () -> {
                    process.hold(request);
                    return "held";
                },
                request);
    }

    @Override
    public long version(StreamId stream) {
        return history.record(NAME, "version", () -> process.version(stream), stream);
    }

    @Override
    public EventStore store() {
        return new RecordedStore(process.store(), NAME, history, subscription -> {});
    }

    @Override
    public void kill() {
        history.record(NAME, "kill", () -> {
            process.kill();
            return "killed";
        });
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }
}
