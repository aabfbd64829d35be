package io.headwater.verification.generated;

import static io.headwater.verification.generated.Requests.request;

import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.LogPage;
import io.headwater.Snapshot;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists with too much, lists that end too early, and what is removed in parts. */
final class AnewLists {
    private AnewLists() {}

    static Stream<Generated> all() {
        return Stream.of(neverWritten(), cut(), overflows(), removedInParts(), ofAfter())
                .flatMap(each -> each);
    }

    /** Streams that a call names, and that are not written by it. */
    private interface Named {
        void by(Call call, @Nullable Object answer, Consumer<StreamId> named);
    }

    private static Stream<Generated> neverWritten() {
        return Stream.of(
                listing("that was only checked", (call, answer, named) -> {
                    if (call.is(Operation.APPEND)) {
                        request(call).checks().forEach(check -> named.accept(check.stream()));
                    }
                }),
                listing("whose only append was part of a conflict", (call, answer, named) -> {
                    if (call.is(Operation.APPEND)
                            && answer instanceof Conflict
                            && request(call).writes().size() > 1) {
                        request(call).writes().forEach(write -> named.accept(write.stream()));
                    }
                }),
                listing("that was imported behind a conflict", (call, answer, named) -> {
                    if (call.is(Operation.APPEND_ALL)) {
                        for (Object each : call.argument(0, List.class)) {
                            ((AppendRequest) each).writes().forEach(write -> named.accept(write.stream()));
                        }
                    }
                }),
                listing("that has only a snapshot", (call, answer, named) -> {
                    if (call.is(Operation.SAVE_SNAPSHOT)) {
                        named.accept(call.argument(0, Snapshot.class).stream());
                    }
                }),
                listing("that was only truncated", (call, answer, named) -> {
                    if (call.is(Operation.TRUNCATE)) {
                        named.accept(call.argument(0, StreamId.class));
                    }
                }),
                listing("whose only append was rolled back", (call, answer, named) -> {
                    if (call.is(Operation.HOLD)) {
                        request(call).writes().forEach(write -> named.accept(write.stream()));
                    }
                }),
                Anew.of(Operation.CATEGORIES, "streams without a category are in one without a name", call -> {
                    List<CategoryInfo> all = new ArrayList<>();
                    long streams = 0;
                    long events = 0;
                    List<?> infos = (List<?>) call.sound()
                            .facet(StreamCatalog.class)
                            .orElseThrow()
                            .streams("", Optional.empty(), Integer.MAX_VALUE);
                    for (Object each : infos) {
                        StreamInfo info = (StreamInfo) each;
                        if (info.stream().category().isEmpty()) {
                            streams++;
                            events += info.events();
                        }
                    }
                    if (streams > 0) {
                        all.add(new CategoryInfo("", streams, events));
                    }
                    ((List<?>) Objects.requireNonNull(call.proceed())).forEach(each -> all.add((CategoryInfo) each));
                    return all;
                }));
    }

    private static boolean isUnwritten(Call call, StreamId stream) {
        try {
            return Requests.end(call.sound(), stream).version() == 0;
        } catch (StreamDeleted gone) {
            return false;
        }
    }

    private static Generated listing(String which, Named naming) {
        return Anew.across(Operation.STREAMS, "a stream is listed " + which, () -> {
            Set<StreamId> known = ConcurrentHashMap.newKeySet();
            return call -> {
                Object answer = call.proceed();
                naming.by(call, answer, known::add);
                return call.is(Operation.STREAMS) ? withUnwritten(call, answer, known) : answer;
            };
        });
    }

    private static List<StreamInfo> withUnwritten(Call call, @Nullable Object answer, Set<StreamId> known) {
        List<StreamInfo> all = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(answer)).forEach(each -> all.add((StreamInfo) each));
        Optional<?> after = call.argument(1, Optional.class);
        for (StreamId stream : known) {
            boolean asked = stream.value().startsWith((String) call.argument(0))
                    && (after.isEmpty() || stream.compareTo((StreamId) after.get()) > 0);
            if (asked && isUnwritten(call, stream)) {
                all.add(new StreamInfo(stream, 0, 0, State.DELETED));
            }
        }
        all.sort(Comparator.comparing(StreamInfo::stream));
        return all.subList(0, Math.min(all.size(), (int) call.argument(2)));
    }

    private static Stream<Generated> cut() {
        return Stream.concat(
                Stream.of(
                                Operation.CATEGORIES,
                                Operation.LIST,
                                Operation.LOAD,
                                Operation.HOLDERS,
                                Operation.RECORDS,
                                Operation.STREAMS)
                        .flatMap(operation -> Stream.of(100, 1000)
                                .map(most -> Anew.of(operation, "the list ends after " + most, call -> {
                                    List<?> all = (List<?>) Objects.requireNonNull(call.proceed());
                                    return all.subList(0, Math.min(most, all.size()));
                                }))),
                Stream.of(Anew.of(Operation.READ_LOG, "a page ends after 1000 events, and has no more", call -> {
                    LogPage page = (LogPage) Objects.requireNonNull(call.proceed());
                    return page.events().size() <= 1000
                            ? page
                            : new LogPage(
                                    page.events().subList(0, 1000),
                                    page.events().get(999).position(),
                                    false);
                })));
    }

    private static Stream<Generated> overflows() {
        return Stream.of(Operation.RECORDS, Operation.STREAMS, Operation.READ_LOG, Operation.READ_STREAM)
                .map(operation -> Anew.of(operation, "one more than the limit is read, and is negative", call -> {
                    Object[] arguments = call.arguments();
                    boolean overflow = (int) arguments[arguments.length - 1] + 1 < 0;
                    arguments[arguments.length - 1] = overflow ? 1 : arguments[arguments.length - 1];
                    return call.proceed(arguments);
                }));
    }

    /** Only the first 100 records of each kind go. */
    private static Stream<Generated> removedInParts() {
        return Stream.of(Operation.RESET, Operation.FORGET)
                .map(operation -> Anew.across(operation, "the first 100 records are removed", () -> {
                    Set<String> kinds = ConcurrentHashMap.newKeySet();
                    return call -> {
                        Deep.arguments(call.arguments(), RecordChange.class, change -> {
                            kinds.add(change.kind());
                            return change;
                        });
                        if (!call.is(operation)) {
                            return call.proceed();
                        }
                        String subscription = (String) call.argument(0);
                        CheckpointStore sound = call.sound().checkpoints();
                        List<SubscriptionRecord> left = new ArrayList<>();
                        for (String kind : kinds) {
                            left.addAll(sound.records(subscription, kind, "", 10_000));
                        }
                        Object answer = call.proceed();
                        left.stream()
                                .skip(100)
                                .forEach(record -> sound.change(
                                        subscription,
                                        List.of(RecordChange.put(record.kind(), record.key(), record.fields()))));
                        return answer;
                    };
                }));
    }

    /** What lies after a name is found in the order of UTF-16. */
    private static Stream<Generated> ofAfter() {
        return Stream.of(
                Anew.of(Operation.RECORDS, "what is after a key is found in the order of UTF-16", call -> {
                    String after = (String) call.argument(2);
                    return call
                            .sound()
                            .checkpoints()
                            .records((String) call.argument(0), (String) call.argument(1), "", Integer.MAX_VALUE)
                            .stream()
                            .filter(record -> after.isEmpty() || record.key().compareTo(after) > 0)
                            .limit((int) call.argument(3))
                            .toList();
                }),
                Anew.of(Operation.STREAMS, "what is after a stream is found in the order of UTF-16", call -> {
                    Optional<?> after = call.argument(1, Optional.class);
                    List<?> all = (List<?>)
                            Objects.requireNonNull(call.proceed(call.argument(0), Optional.empty(), Integer.MAX_VALUE));
                    return all.stream()
                            .filter(each -> after.isEmpty()
                                    || ((StreamInfo) each).stream().value().compareTo(((StreamId) after.get()).value())
                                            > 0)
                            .limit((int) call.argument(2))
                            .toList();
                }),
                Anew.of(Operation.STREAMS, "after a stream before the prefix there is nothing", call -> {
                    Optional<?> after = call.argument(1, Optional.class);
                    String prefix = (String) call.argument(0);
                    return after.isPresent()
                                    && !((StreamId) after.get()).value().startsWith(prefix)
                            ? List.of()
                            : call.proceed();
                }),
                Anew.of(Operation.STREAMS, "after a stream behind the prefix there is the first", call -> {
                    Optional<?> after = call.argument(1, Optional.class);
                    String prefix = (String) call.argument(0);
                    boolean behind = after.isPresent()
                            && !((StreamId) after.get()).value().startsWith(prefix)
                            && ((StreamId) after.get()).value().compareTo(prefix) > 0;
                    return behind ? call.proceed(prefix, Optional.empty(), call.argument(2)) : call.proceed();
                }),
                Anew.of(Operation.APPEND, "what is tombstoned is said of the first stream", call -> {
                    try {
                        return call.proceed();
                    } catch (StreamDeleted gone) {
                        throw new StreamDeleted(request(call).writes().get(0).stream());
                    }
                }));
    }
}
