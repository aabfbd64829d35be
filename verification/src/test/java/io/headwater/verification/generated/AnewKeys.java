package io.headwater.verification.generated;

import io.headwater.EventData;
import io.headwater.LogFilter;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.RecordChange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys that are made of several names, cut, hashed, joined or compared as patterns. */
final class AnewKeys {
    private AnewKeys() {}

    static Stream<Generated> all() {
        return Stream.of(ofSeveralNames(), byHash(), ofBytes(), prefixes(), joined())
                .flatMap(each -> each);
    }

    private static Stream<Generated> ofSeveralNames() {
        return Stream.of(
                Anew.across(
                        Operation.SAVE_SNAPSHOT, "the key is the stream and the name, joined", JoinedSnapshots::new),
                Anew.across(Operation.CHANGE_BY_TOOL, "the key is the kind and the key, joined", JoinedRecords::new),
                Anew.across(Operation.SAVE, "the key is the subscription and the partition, joined", Joined::new));
    }

    private static final class JoinedSnapshots implements Fault {
        private final Map<String, List<Object>> first = new ConcurrentHashMap<>();

        private List<Object> first(StreamId stream, String name) {
            return first.computeIfAbsent(stream.value() + name, unknown -> List.of(stream, name));
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.SAVE_SNAPSHOT)) {
                Snapshot saved = call.argument(0, Snapshot.class);
                List<Object> key = first(saved.stream(), saved.name());
                return call.proceed(
                        new Snapshot((StreamId) key.get(0), (String) key.get(1), saved.version(), saved.data()));
            }
            if (!call.is(Operation.LOAD_SNAPSHOT, Operation.DELETE_SNAPSHOT)) {
                return call.proceed();
            }
            StreamId stream = call.argument(0, StreamId.class);
            String name = (String) call.argument(1);
            Object answer = call.proceed(first(stream, name).toArray());
            return Deep.changed(
                    answer, Snapshot.class, found -> new Snapshot(stream, name, found.version(), found.data()));
        }
    }

    private static final class JoinedRecords implements Fault {
        private final Map<List<Object>, RecordChange> first = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            return call.proceed(Deep.arguments(call.arguments(), RecordChange.class, change -> {
                RecordChange same = first.computeIfAbsent(
                        List.of(DevisedRaces.subject(call), change.kind() + change.key()), unknown -> change);
                return new RecordChange(same.kind(), same.key(), change.fields());
            }));
        }
    }

    /** A checkpoint replaces one of another subscription. */
    private static final class Joined implements Fault {
        private final Map<String, String> latest = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            Object answer = call.proceed();
            if (call.is(Operation.SAVE)) {
                String subscription = (String) DevisedRaces.subject(call);
                latest.put(subscription + call.argument(1), subscription);
            }
            if (call.is(Operation.SAVE_ALL)) {
                for (Object each : call.argument(0, List.class)) {
                    Save save = (Save) each;
                    latest.put(
                            save.lease().subscription() + save.partition(),
                            save.lease().subscription());
                }
            }
            return call.is(Operation.LOAD, Operation.LIST)
                    ? ((List<?>) Objects.requireNonNull(answer))
                            .stream().filter(this::isLeft).toList()
                    : answer;
        }

        private boolean isLeft(Object each) {
            Checkpoint saved = (Checkpoint) each;
            return saved.subscription()
                    .equals(latest.getOrDefault(saved.subscription() + saved.partition(), saved.subscription()));
        }
    }

    private static Generated renaming(
            Operation about, String fault, UnaryOperator<String> key, NameFaults.Renaming of) {
        return Anew.across(about, fault, () -> {
            Map<String, String> spellings = new ConcurrentHashMap<>();
            UnaryOperator<String> first = name -> spellings.computeIfAbsent(key.apply(name), unknown -> name);
            return call -> call.proceed(of.renamed(call, first));
        });
    }

    private static Stream<Generated> byHash() {
        UnaryOperator<String> hash = name -> Integer.toString(name.hashCode());
        return Stream.of(
                renaming(Operation.APPEND, "streams are told apart by their hash", hash, NameFaults::streams),
                renaming(
                        Operation.ACQUIRE,
                        "subscriptions are told apart by their hash",
                        hash,
                        NameFaults::subscriptions),
                renaming(
                        Operation.SAVE_SNAPSHOT,
                        "snapshots are told apart by their hash",
                        hash,
                        NameFaults::snapshots));
    }

    private static String cut(String name) {
        String left = name;
        while (left.getBytes(StandardCharsets.UTF_8).length > 255) {
            left = left.substring(0, left.offsetByCodePoints(left.length(), -1));
        }
        return left;
    }

    private static Stream<Generated> ofBytes() {
        return Stream.of(
                Anew.of(
                        Operation.APPEND,
                        "types are cut after 255 bytes",
                        call -> call.proceed(Deep.arguments(
                                call.arguments(),
                                EventData.class,
                                event ->
                                        new EventData(event.id(), cut(event.type()), event.data(), event.metadata())))),
                renaming(
                        Operation.SAVE_SNAPSHOT,
                        "names of snapshots are cut after 255 bytes",
                        AnewKeys::cut,
                        NameFaults::snapshots),
                renaming(
                        Operation.ACQUIRE,
                        "names of subscriptions are cut after 255 bytes",
                        AnewKeys::cut,
                        NameFaults::subscriptions),
                renaming(
                        Operation.CHANGE_BY_TOOL,
                        "keys of records are cut after 255 bytes",
                        AnewKeys::cut,
                        NameFaults::recordKeys));
    }

    private static Stream<Generated> prefixes() {
        return Stream.of(
                        prefix(
                                "a prefix ends at names beyond the basic plane",
                                (name, prefix) -> isNext(name, prefix, next -> next <= 0xFFFF)),
                        prefix(
                                "a prefix ends at names beyond ASCII",
                                (name, prefix) -> isNext(name, prefix, next -> next < '~')),
                        prefix("a prefix is a pattern with * and ?", AnewKeys::isLikeGlob),
                        prefix("a prefix is a regular expression", AnewKeys::isLikeExpression))
                .flatMap(each -> each);
    }

    private static boolean isNext(String name, String prefix, java.util.function.IntPredicate next) {
        return name.startsWith(prefix)
                && (name.length() == prefix.length() || next.test(name.codePointAt(prefix.length())));
    }

    private static boolean isLikeGlob(String name, String prefix) {
        String pattern = Arrays.stream(prefix.split("(?<=[*?])|(?=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining());
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(name).lookingAt();
    }

    private static boolean isLikeExpression(String name, String prefix) {
        try {
            return Pattern.compile(prefix).matcher(name).lookingAt();
        } catch (PatternSyntaxException plain) {
            return name.startsWith(prefix);
        }
    }

    private static Stream<Generated> prefix(String fault, BiPredicate<String, String> begins) {
        return Stream.of(
                Anew.of(Operation.READ_LOG, fault, call -> {
                    LogFilter filter = ReadCalls.filter(call);
                    LogFilter others = new LogFilter(filter.categories(), filter.types(), "");
                    return filter.streamPrefix().isEmpty()
                            ? call.proceed()
                            : NameFaults.filtered(
                                    call,
                                    event -> others.accepts(event)
                                            && begins.test(event.stream().value(), filter.streamPrefix()));
                }),
                Anew.of(Operation.STREAMS, fault, call -> listed(call, begins)));
    }

    private static List<StreamInfo> listed(Call call, BiPredicate<String, String> begins) throws Throwable {
        String prefix = (String) call.argument(0);
        @SuppressWarnings("unchecked")
        List<StreamInfo> all = (List<StreamInfo>)
                Objects.requireNonNull(call.proceed("", (Optional<?>) call.argument(1), Integer.MAX_VALUE));
        return all.stream()
                .filter(info -> prefix.isEmpty() || begins.test(info.stream().value(), prefix))
                .limit((int) call.argument(2))
                .toList();
    }

    private static Set<String> split(Set<String> names) {
        return names.stream().flatMap(name -> Stream.of(name.split(","))).collect(Collectors.toSet());
    }

    private static Generated joined(
            String fault, BiPredicate<LogFilter, LogFilter> used, UnaryOperator<LogFilter> changed) {
        return Anew.of(Operation.READ_LOG, fault, call -> {
            LogFilter filter = ReadCalls.filter(call);
            LogFilter other = changed.apply(filter);
            return used.test(filter, other)
                    ? NameFaults.filtered(call, (RecordedEvent event) -> other.accepts(event))
                    : call.proceed();
        });
    }

    private static Stream<Generated> joined() {
        return Stream.of(
                joined(
                        "types are joined by commas",
                        (filter, other) -> !filter.types().equals(other.types()),
                        filter -> new LogFilter(filter.categories(), split(filter.types()), filter.streamPrefix())),
                joined(
                        "categories are joined by commas",
                        (filter, other) -> !filter.categories().equals(other.categories()),
                        filter -> new LogFilter(split(filter.categories()), filter.types(), filter.streamPrefix())));
    }
}
