package com.example.filestore;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BackendFailure;
import io.headwater.RecordedEvent;
import io.headwater.StreamWrite;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.AppendWakeUps;
import io.headwater.spi.support.SingleProcessCheckpoints;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A file and its index, shared by all stores of this process over the file. The code that indexes the file when it is
 * opened also indexes what is appended, so both have the same result.
 */
final class Storage {
    private static final Map<Path, Storage> OPEN = new HashMap<>();
    private static final byte APPEND = 1;
    private static final byte CHECKPOINT = 2;

    /** The maximum number of bytes of events to read at a time. */
    private static final int PAGE_BYTES = 4 << 20;

    final AppendWakeUps wakeUps = new AppendWakeUps();
    final SingleProcessCheckpoints checkpoints;
    private final Path path;
    private final FrameFile file;
    private final Index index = new Index();
    private final Lock lock = new ReentrantLock();
    private int users;

    private Storage(Path path) {
        this.path = path;
        List<byte[]> changes = new ArrayList<>();
        file = FrameFile.open(path, (offset, frame) -> {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame));
            if (in.readByte() == APPEND) {
                index.add(in, offset + frame.length);
            } else {
                changes.add(in.readAllBytes());
            }
        });
        checkpoints = new SingleProcessCheckpoints(file.storeId(), Clock.systemUTC(), this::keep);
        changes.forEach(checkpoints::restore);
    }

    /** Returns the storage in this file. Each must be released. */
    static Storage acquire(Path path) {
        synchronized (OPEN) {
            Storage storage = OPEN.get(path);
            if (storage == null) {
                storage = new Storage(path);
                OPEN.put(path, storage);
            }
            storage.users++;
            return storage;
        }
    }

    /** Closes the file when its last user releases it. */
    void release() {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(path);
                close();
            }
        }
    }

    private void close() {
        read(index -> {
            try {
                file.close();
                return true;
            } catch (IOException e) {
                throw new BackendFailure("closing '" + path + "' failed", e);
            }
        });
    }

    /** Calls a function with the index, one caller at a time. */
    <T> T read(Function<Index, T> work) {
        lock.lock();
        try {
            return work.apply(index);
        } finally {
            lock.unlock();
        }
    }

    String id() {
        return file.storeId();
    }

    AppendOutcome append(AppendRequest request, Clock clock) {
        AppendOutcome outcome =
                read(index -> AppendDecision.decide(request, index::stream).orElseGet(() -> write(request, clock)));
        wakeUps.fire();
        return outcome;
    }

    private AppendOutcome write(AppendRequest request, Clock clock) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(APPEND);
        try {
            EventFormat.write(new DataOutputStream(frame), request, now);
            long offset = file.append(frame.toByteArray());
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.toByteArray(), 1, frame.size()));
            index.add(in, offset + frame.size());
        } catch (IOException e) {
            throw new BackendFailure("an append cannot be written as bytes", e);
        }
        return new Appended(request.writes().stream().map(this::result).toList());
    }

    private AppendResult result(StreamWrite write) {
        List<IndexedEvent> events = index.stream(write.stream()).events;
        IndexedEvent last = events.get(events.size() - 1);
        return new AppendResult(last.stream(), last.version(), last.position(), false);
    }

    /** Stores a change of the checkpoints. */
    private void keep(byte[] change) {
        byte[] frame = new byte[change.length + 1];
        frame[0] = CHECKPOINT;
        System.arraycopy(change, 0, frame, 1, change.length);
        read(index -> file.append(frame));
    }

    /** Returns as many of these as fit on a page, at least one. The caller holds the lock of the index. */
    List<RecordedEvent> events(List<IndexedEvent> indexed) {
        List<RecordedEvent> events = new ArrayList<>();
        long bytes = 0;
        for (IndexedEvent event : indexed) {
            bytes += event.length();
            if (bytes > PAGE_BYTES && !events.isEmpty()) {
                break;
            }
            events.add(event(event));
        }
        return events;
    }

    private RecordedEvent event(IndexedEvent event) {
        try {
            return EventFormat.read(event, file.read(event.offset(), event.length()));
        } catch (IOException e) {
            throw new BackendFailure("the event at " + event.position() + " cannot be read", e);
        }
    }
}
