package io.headwater.tck.rule;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.CommandResult;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamSlice;
import io.headwater.Violation;
import io.headwater.spi.HeldAppend;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last operations of a rule, for the report of its failure. Operations of several threads are in the order in which they
 * ended. Thread-safe.
 */
public final class History {
    private static final int KEPT = 30;
    private static final int EVENTS_SHOWN = 12;

    private static final String RUNNING = "has not returned";

    private final long start = System.nanoTime();
    private final Map<Long, Call> running = new LinkedHashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private long count;
    private Position appendedTo = Position.START;

    /** A call; put in words only when it is read, as most rules pass. Times are those of {@link System#nanoTime()}. */
    record Call(long number, String store, String operation, List<?> arguments, long begun) {}

    private record Ended(Call call, long time, @Nullable Object outcome) {}

    synchronized Call begin(String store, String operation, @Nullable Object @Nullable ... arguments) {
        count++;
        List<?> asked = arguments == null ? List.of() : Arrays.asList(arguments);
        Call call = new Call(count, store, operation, asked, System.nanoTime());
        running.put(count, call);
        return call;
    }

    synchronized void end(Call call, @Nullable Object outcome) {
        running.remove(call.number());
        if (ended.size() == KEPT) {
            ended.removeFirst();
        }
        ended.addLast(new Ended(call, System.nanoTime(), outcome));
        if (outcome instanceof Appended appended) {
            appended.results().forEach(result -> appendedTo = later(appendedTo, result.position()));
        } else if (outcome instanceof CommandResult result) {
            appendedTo = later(appendedTo, result.position());
        }
    }

    <T> T record(String store, String operation, Supplier<T> work, @Nullable Object... arguments) {
        Call call = begin(store, operation, arguments);
        try {
            T outcome = work.get();
            end(call, outcome);
            return outcome;
        } catch (RuntimeException | Error thrown) {
            end(call, thrown);
            throw thrown;
        }
    }

    /** The highest position that an append gave. */
    synchronized Position appendedTo() {
        return appendedTo;
    }

    /** The last operations that ended, in that order, and those that have not returned. */
    public synchronized List<Operation> operations() {
        long now = System.nanoTime();
        return Stream.concat(ended.stream(), running.values().stream().map(call -> new Ended(call, now, RUNNING)))
                .map(this::inWords)
                .toList();
    }

    private Operation inWords(Ended operation) {
        Call call = operation.call();
        return new Operation(
                call.number(),
                call.store(),
                call.operation(),
                String.join(
                        " ", call.arguments().stream().map(History::describe).toList()),
                Duration.ofNanos(call.begun() - start),
                Duration.ofNanos(operation.time() - start),
                describe(operation.outcome()),
                operation.outcome() instanceof Throwable);
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }

    private static String describe(@Nullable Object value) {
        if (value instanceof AppendRequest request) {
            return request(request);
        }
        if (value instanceof Appended appended) {
            return String.join(
                    ", ", appended.results().stream().map(History::result).toList());
        }
        if (value instanceof Conflict conflict) {
            return "conflict: "
                    + conflict.violations().stream().map(Violation::describe).toList();
        }
        if (value instanceof StreamSlice slice) {
            return "version %s, %s, next %s".formatted(slice.version(), events(slice.events()), slice.next());
        }
        if (value instanceof LogPage page) {
            return "%s, scanned to %s, more %s".formatted(events(page.events()), page.scannedTo(), page.more());
        }
        if (value instanceof CommandResult result) {
            return "%s@%s at %s, %s events%s"
                    .formatted(
                            result.stream(),
                            result.version(),
                            result.position(),
                            result.events().size(),
                            result.replayed() ? ", a replay" : "");
        }
        return value instanceof HeldAppend ? "held" : String.valueOf(value);
    }

    private static String result(AppendResult result) {
        return "%s@%s at %s%s"
                .formatted(result.stream(), result.version(), result.position(), result.replayed() ? ", a replay" : "");
    }

    private static String request(AppendRequest request) {
        List<String> writes = request.writes().stream()
                .map(write -> "%s events to '%s' expecting %s"
                        .formatted(write.events().size(), write.stream(), write.expected()))
                .toList();
        return request.checks().isEmpty() ? String.join(", ", writes) : writes + " checking " + request.checks();
    }

    private static String events(List<RecordedEvent> events) {
        List<String> shown = events.stream()
                .limit(EVENTS_SHOWN)
                .map(event -> event.stream() + "@" + event.version())
                .toList();
        return events.size() + " events " + shown + (events.size() > EVENTS_SHOWN ? "…" : "");
    }
}
