package io.headwater.verification.generated;

import static io.headwater.verification.generated.Requests.asNew;
import static io.headwater.verification.generated.Requests.end;
import static io.headwater.verification.generated.Requests.request;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.StreamPage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Restarts, repeats and payloads. */
final class AnewRepeats {
    private AnewRepeats() {}

    static Stream<Generated> all() {
        return Stream.of(ofRestarts(), ofRepeats(), ofPayloads()).flatMap(each -> each);
    }

    private interface Restarted {
        @Nullable
        Object answer(Call call, Position restarted) throws Throwable;
    }

    /** What is wrong with what was there before the restart. */
    private static Generated afterRestart(Operation operation, String fault, Restarted changed) {
        return Anew.across(operation, fault, () -> new Fault() {
            private volatile Position restarted = Position.START;

            @Override
            public void restarted(Instance first) {
                restarted = first.sound().head();
            }

            @Override
            public @Nullable Object instead(Call call) throws Throwable {
                return call.is(operation) && call.instance().restarts() > 0
                        ? changed.answer(call, restarted)
                        : call.proceed();
            }
        });
    }

    private static Stream<Generated> ofRestarts() {
        return Stream.of(
                afterRestart(
                        Operation.READ_STREAM,
                        "after a restart versions are counted from what is left",
                        (call, restarted) -> {
                            StreamPage page = (StreamPage) Objects.requireNonNull(call.proceed());
                            boolean gone = page.version() > 0
                                    && page.first() > page.version()
                                    && ReadCalls.log(call.sound()).stream()
                                            .noneMatch(event -> event.stream().equals(call.argument(0)));
                            return gone ? new StreamPage(0, 1, List.of()) : page;
                        }),
                afterRestart(
                        Operation.READ_STREAM,
                        "after a restart times have whole milliseconds",
                        (call, restarted) -> Deep.changed(
                                call.proceed(),
                                RecordedEvent.class,
                                event -> event.position().isAfter(restarted) ? event : inMillis(event))),
                afterRestart(
                        Operation.READ_LOG,
                        "after a restart the content type is told by the content",
                        (call, restarted) -> Deep.changed(
                                call.proceed(),
                                Payload.class,
                                data -> data.text().startsWith("{")
                                        ? Payload.of(data.bytes(), ContentType.JSON)
                                        : data)),
                afterRestart(
                        Operation.HOLDER,
                        "after a restart terms are of half a minute",
                        (call, restarted) -> Deep.changed(
                                call.proceed(),
                                Holder.class,
                                holder -> new Holder(
                                        holder.lease(), holder.until(), Duration.ofSeconds(30), holder.renewals()))),
                afterRestart(
                        Operation.STREAMS,
                        "after a restart deleted streams are live",
                        (call, restarted) -> Deep.changed(
                                call.proceed(),
                                StreamInfo.class,
                                info -> info.state() == State.DELETED
                                        ? new StreamInfo(info.stream(), info.version(), info.events(), State.LIVE)
                                        : info)),
                Anew.across(
                        Operation.TOMBSTONE, "a tombstone without events is lost on a restart", EmptyTombstones::new));
    }

    private static RecordedEvent inMillis(RecordedEvent event) {
        return new RecordedEvent(
                event.stream(),
                event.version(),
                event.position(),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.recordedAt().truncatedTo(ChronoUnit.MILLIS));
    }

    private static final class EmptyTombstones implements Fault {
        private final Set<StreamId> tombstoned = ConcurrentHashMap.newKeySet();
        private final Set<StreamId> lost = ConcurrentHashMap.newKeySet();

        @Override
        public void restarted(Instance first) {
            lost.addAll(tombstoned);
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.TOMBSTONE)) {
                StreamId stream = call.argument(0, StreamId.class);
                boolean empty = Requests.isReadable(call.sound(), stream)
                        && end(call.sound(), stream).version() == 0;
                Object answer = call.proceed();
                if (empty) {
                    tombstoned.add(stream);
                }
                return answer;
            }
            return call.is(Operation.READ_STREAM) && lost.contains(call.argument(0))
                    ? new StreamPage(0, 1, List.of())
                    : call.proceed();
        }
    }

    private static Stream<Generated> ofRepeats() {
        return Stream.of(
                Anew.across(Operation.APPEND, "exact appends count among the last 10", () -> {
                    Map<StreamId, List<UUID>> appends = new ConcurrentHashMap<>();
                    return call -> {
                        if (!call.is(Operation.APPEND)) {
                            return call.proceed();
                        }
                        Object outcome = call.proceed(Requests.expecting(call, write -> {
                            List<UUID> ids = appends.getOrDefault(write.stream(), List.of());
                            int place = ids.indexOf(write.events().get(0).id());
                            return !Requests.isExact(write) && place >= 0 && place < ids.size() - 10
                                    ? asNew(call.sound(), write)
                                    : write;
                        }));
                        if (outcome instanceof Appended appended
                                && !appended.first().replayed()) {
                            request(call)
                                    .writes()
                                    .forEach(write -> appends.computeIfAbsent(
                                                    write.stream(), first -> new CopyOnWriteArrayList<>())
                                            .add(write.events().get(0).id()));
                        }
                        return outcome;
                    };
                }),
                Anew.of(Operation.APPEND, "a repeat whose check is tombstoned by now is refused", call -> {
                    Object outcome = call.proceed();
                    Optional<StreamId> gone = request(call).checks().stream()
                            .map(check -> check.stream())
                            .filter(stream -> !Requests.isReadable(call.sound(), stream))
                            .findFirst();
                    if (gone.isPresent()) {
                        throw new StreamDeleted(gone.get());
                    }
                    return outcome;
                }),
                Anew.of(Operation.APPEND, "a repeat of any version with a check is written again", call -> {
                    AppendRequest request = request(call);
                    return request.checks().isEmpty()
                            ? call.proceed()
                            : call.proceed(Requests.expecting(
                                    call, write -> Requests.isExact(write) ? write : asNew(call.sound(), write)));
                }),
                Anew.across(Operation.APPEND_ALL, "what was appended alone is imported again", () -> {
                    Set<UUID> alone = ConcurrentHashMap.newKeySet();
                    return call -> {
                        if (call.is(Operation.APPEND)) {
                            Object outcome = call.proceed();
                            request(call)
                                    .writes()
                                    .forEach(write ->
                                            alone.add(write.events().get(0).id()));
                            return outcome;
                        }
                        return call.is(Operation.APPEND_ALL)
                                ? call.proceed(Requests.expecting(
                                        call,
                                        write -> alone.contains(write.events()
                                                                .get(0)
                                                                .id())
                                                        && !Requests.isExact(write)
                                                ? asNew(call.sound(), write)
                                                : write))
                                : call.proceed();
                    };
                }),
                Anew.of(Operation.APPEND_ALL, "repeats in a series have the position of the last", call -> {
                    List<?> outcomes = (List<?>) Objects.requireNonNull(call.proceed());
                    return Deep.changed(
                            outcomes,
                            AppendResult.class,
                            result -> result.replayed()
                                    ? new AppendResult(
                                            result.stream(),
                                            result.version(),
                                            call.sound().head(),
                                            true)
                                    : result);
                }));
    }

    private static Metadata cut(Metadata metadata) {
        return Metadata.of(metadata.entries().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> {
            String value = entry.getValue();
            return value.substring(0, Math.min(1024, value.length()));
        })));
    }

    private static Stream<Generated> ofPayloads() {
        return Stream.of(
                Anew.of(
                        Operation.APPEND,
                        "values of metadata are cut after 1024 characters",
                        call -> call.proceed(Deep.arguments(
                                call.arguments(),
                                EventData.class,
                                event -> event.withMetadata(cut(event.metadata()))))),
                Anew.of(
                        Operation.APPEND,
                        "empty data that is called JSON is null",
                        call -> call.proceed(Deep.arguments(
                                call.arguments(),
                                Payload.class,
                                data -> data.size() == 0 && data.contentType() == ContentType.JSON
                                        ? Payload.json("null")
                                        : data))));
    }
}
