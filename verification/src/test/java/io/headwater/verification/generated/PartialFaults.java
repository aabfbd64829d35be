package io.headwater.verification.generated;

import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Operations of streams and of the log, without one of their steps. */
final class PartialFaults {
    private PartialFaults() {}

    static Stream<Generated> all() {
        return Stream.of(ofStreams(), ofReads()).flatMap(each -> each);
    }

    private static Stream<Generated> ofStreams() {
        return Stream.of(
                Generated.of(Operation.TOMBSTONE, "only deletes", () -> call -> {
                    StreamAdmin admin = call.sound().facet(StreamAdmin.class).orElseThrow();
                    admin.delete(call.argument(0, StreamId.class), call.argument(1, ExpectedVersion.class));
                    return null;
                }),
                Generated.of(
                        Operation.TOMBSTONE,
                        "of an unwritten stream is dropped",
                        () -> call -> end(call).version() == 0 ? null : call.proceed()),
                Generated.of(
                        Operation.TRUNCATE,
                        "beyond the end is dropped",
                        () -> call -> (long) call.argument(1) > end(call).version() + 1 ? null : call.proceed()),
                Generated.of(
                        Operation.TRUNCATE,
                        "to nothing is dropped",
                        () -> call -> (long) call.argument(1) == end(call).version() + 1 ? null : call.proceed()),
                Generated.of(
                        Operation.TRUNCATE,
                        "beyond the end keeps the last",
                        () -> call -> call.proceed(
                                call.argument(0),
                                Math.min(
                                        (long) call.argument(1),
                                        Math.max(1, end(call).version())))),
                Generated.of(Operation.DELETE_SNAPSHOT, "deletes another name", () -> call -> {
                    call.sound()
                            .facet(SnapshotStore.class)
                            .orElseThrow()
                            .delete(call.argument(0, StreamId.class), "state");
                    return call.proceed();
                }),
                Generated.of(Operation.SAVE_SNAPSHOT, "replaces one of the same version", () -> call -> {
                    Snapshot saving = call.argument(0, Snapshot.class);
                    SnapshotStore store =
                            call.sound().facet(SnapshotStore.class).orElseThrow();
                    store.load(saving.stream(), saving.name())
                            .filter(saved -> saved.version() == saving.version())
                            .ifPresent(saved -> store.delete(saved.stream(), saved.name()));
                    return call.proceed();
                }),
                Generated.of(Operation.SAVE_SNAPSHOT, "only up to the stream's version", () -> call -> {
                    Snapshot saving = call.argument(0, Snapshot.class);
                    return saving.version()
                                    > Success.end(call.sound(), saving.stream()).version()
                            ? false
                            : call.proceed();
                }));
    }

    private static StreamPage end(Call call) {
        return Success.end(call.sound(), call.argument(0, StreamId.class));
    }

    private static Stream<Generated> ofReads() {
        return Stream.of(
                Generated.of(
                        Operation.POSITION_AT,
                        "after what was recorded then",
                        () -> call ->
                                call.proceed(call.argument(0, Instant.class).plusNanos(1000))),
                Generated.of(
                        Operation.POSITION_AT,
                        "in whole milliseconds, rounded up",
                        () -> call -> call.proceed(Instant.ofEpochMilli(call.argument(0, Instant.class)
                                .plusNanos(999_999)
                                .toEpochMilli()))),
                Generated.of(
                        Operation.POSITION_AT,
                        "always the head",
                        () -> call -> call.sound().head()),
                Generated.of(Operation.POSITION_AT, "always the start", () -> call -> Position.START),
                Generated.of(Operation.POSITION_AT, "the last event before", () -> PartialFaults::lastBefore),
                Generated.of(Operation.READ_LOG, "scanned to the last event only", () -> call -> {
                    LogPage page = (LogPage) call.proceed();
                    return page.events().isEmpty() || call.argument(1) == Direction.BACKWARDS
                            ? page
                            : new LogPage(
                                    page.events(),
                                    page.events().get(page.events().size() - 1).position(),
                                    page.more());
                }),
                Generated.of(Operation.READ_LOG, "scanned to where it began when empty", () -> call -> {
                    LogPage page = (LogPage) call.proceed();
                    return page.events().isEmpty() && !call.argument(0).equals(Position.END)
                            ? new LogPage(List.of(), call.argument(0, Position.class), page.more())
                            : page;
                }),
                Generated.of(Operation.READ_LOG, "scanned to a mark that is higher", () -> call -> {
                    LogPage page = (LogPage) call.proceed();
                    return call.argument(1) == Direction.FORWARDS && !page.more()
                            ? new LogPage(page.events(), Positions.of(Positions.number(page.scannedTo()) + 10), false)
                            : page;
                }),
                Generated.of(Operation.READ_LOG, "types or categories", () -> call -> {
                    LogFilter filter = call.argument(2, LogFilter.class);
                    return filter.types().isEmpty() || filter.categories().isEmpty()
                            ? call.proceed()
                            : NameFaults.filtered(
                                    call,
                                    event -> filter.types().contains(event.type())
                                            || event.stream()
                                                    .category()
                                                    .filter(filter.categories()::contains)
                                                    .isPresent());
                }),
                Generated.of(Operation.READ_STREAM, "the version is that of the last event", () -> call -> {
                    StreamPage page = (StreamPage) call.proceed();
                    return page.events().isEmpty()
                            ? page
                            : new StreamPage(
                                    page.events().get(page.events().size() - 1).version(), page.first(), page.events());
                }),
                Generated.of(Operation.READ_STREAM, "the version is 0 when empty", () -> call -> {
                    StreamPage page = (StreamPage) call.proceed();
                    return page.events().isEmpty() ? new StreamPage(0, page.first(), List.of()) : page;
                }));
    }

    /** By the last event that was recorded before, which is wrong when clocks go back. */
    private static Position lastBefore(Call call) {
        Instant time = call.argument(0, Instant.class);
        return call
                .sound()
                .readLog(Position.START, Direction.FORWARDS, LogFilter.all(), Integer.MAX_VALUE)
                .events()
                .stream()
                .filter(event -> event.recordedAt().isBefore(time))
                .reduce((one, other) -> other)
                .map(event -> event.position())
                .orElse(Position.START);
    }
}
