package io.headwater.verification.generated;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Reads that answer as before a change: the change is not noticed, or not the one of another instance. */
final class StaleFaults {
    private static final Set<Operation> APPENDS = EnumSet.of(Operation.APPEND, Operation.APPEND_ALL, Operation.COMMIT);
    private static final Set<Operation> HIDING = EnumSet.of(Operation.DELETE, Operation.TOMBSTONE, Operation.TRUNCATE);
    private static final Set<Operation> LEASES = EnumSet.of(
            Operation.ACQUIRE,
            Operation.TAKE_OVER,
            Operation.RENEW,
            Operation.RENEW_ALL,
            Operation.RELEASE,
            Operation.RESET,
            Operation.FORGET);
    private static final Set<Operation> SAVES =
            EnumSet.of(Operation.SAVE, Operation.SAVE_ALL, Operation.RESET, Operation.FORGET);
    private static final Set<Operation> RECORDS = union(SAVES, EnumSet.of(Operation.CHANGE, Operation.CHANGE_BY_TOOL));

    /** What each read sees of what is written. */
    private static final Map<Operation, Set<Operation>> SEES = Map.ofEntries(
            Map.entry(Operation.READ_STREAM, union(APPENDS, HIDING)),
            Map.entry(Operation.READ_LOG, union(APPENDS, EnumSet.of(Operation.SCAVENGE))),
            Map.entry(Operation.HEAD, APPENDS),
            Map.entry(Operation.LAST_DECIDED, APPENDS),
            Map.entry(Operation.POSITION_AT, APPENDS),
            Map.entry(Operation.STREAMS, union(APPENDS, HIDING)),
            Map.entry(Operation.CATEGORIES, union(APPENDS, HIDING)),
            Map.entry(Operation.DIAGNOSTICS, union(APPENDS, EnumSet.of(Operation.SCAVENGE))),
            Map.entry(Operation.LOAD_SNAPSHOT, EnumSet.of(Operation.SAVE_SNAPSHOT, Operation.DELETE_SNAPSHOT)),
            Map.entry(Operation.LOAD, SAVES),
            Map.entry(Operation.LIST, SAVES),
            Map.entry(Operation.RECORDS, RECORDS),
            Map.entry(Operation.HOLDER, LEASES),
            Map.entry(Operation.HOLDERS, LEASES));

    private StaleFaults() {}

    private static Set<Operation> union(Set<Operation> one, Set<Operation> other) {
        EnumSet<Operation> all = EnumSet.copyOf(one);
        all.addAll(other);
        return all;
    }

    static Stream<Generated> all() {
        return SEES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> Stream.of(
                                whole(entry.getKey(), entry.getValue()), single(entry.getKey(), entry.getValue()))
                        .flatMap(each -> each));
    }

    private static Stream<Generated> whole(Operation read, Set<Operation> writes) {
        return Stream.of(
                Generated.of(read, "stale by one", () -> new PreviousAnswers()),
                Generated.across(read, "stale by one change", () -> new Behind(read, writes)),
                Generated.across(read, "the first answer for ever", () -> cached(read, (call, by) -> false)),
                Generated.across(
                        read,
                        "cached until its instance writes",
                        () -> cached(read, (call, by) -> writes.contains(call.operation()) && by)));
    }

    private static Stream<Generated> single(Operation read, Set<Operation> writes) {
        return writes.stream()
                .flatMap(write -> Stream.of(
                        Generated.across(
                                read,
                                "does not see " + write.title(),
                                () -> cached(
                                        read, (call, own) -> writes.contains(call.operation()) && !call.is(write))),
                        Generated.across(
                                read,
                                "does not see " + write.title() + " of another instance",
                                () -> cached(
                                        read,
                                        (call, own) ->
                                                writes.contains(call.operation()) && (own || !call.is(write))))));
    }

    /** A cache of answers by arguments in each instance. */
    private static Fault cached(Operation read, BiPredicate<Call, Boolean> emptiedBy) {
        Map<Integer, Map<List<Object>, Optional<Object>>> caches = new ConcurrentHashMap<>();
        return call -> {
            if (call.is(read)) {
                Map<List<Object>, Optional<Object>> own =
                        caches.computeIfAbsent(call.instance().number(), first -> new ConcurrentHashMap<>());
                List<Object> key = Arrays.asList(call.arguments());
                Optional<Object> known = own.get(key);
                if (known == null) {
                    known = Optional.ofNullable(call.proceed());
                    own.put(key, known);
                }
                return known.orElse(null);
            }
            try {
                return call.proceed();
            } finally {
                caches.forEach((instance, answers) -> {
                    if (emptiedBy.test(call, instance == call.instance().number())) {
                        answers.clear();
                    }
                });
            }
        };
    }

    /** Each answer comes one call late. */
    private static final class PreviousAnswers implements Fault {
        private final Map<List<Object>, Optional<Object>> answers = new ConcurrentHashMap<>();

        @Override
        public Object instead(Call call) throws Throwable {
            Optional<Object> now = Optional.ofNullable(call.proceed());
            return Optional.ofNullable(answers.put(Arrays.asList(call.arguments()), now))
                    .orElse(now)
                    .orElse(null);
        }
    }

    /** Answers that were known before the last write are given once more. */
    private static final class Behind implements Fault {
        private final Operation read;
        private final Set<Operation> writes;
        private final Map<List<Object>, Optional<Object>> fresh = new ConcurrentHashMap<>();
        private final Map<List<Object>, Optional<Object>> stale = new ConcurrentHashMap<>();

        Behind(Operation read, Set<Operation> writes) {
            this.read = read;
            this.writes = writes;
        }

        @Override
        public Object instead(Call call) throws Throwable {
            if (!call.is(read)) {
                Object answer = call.proceed();
                if (writes.contains(call.operation())) {
                    stale.clear();
                    stale.putAll(fresh);
                    fresh.clear();
                }
                return answer;
            }
            List<Object> key = Arrays.asList(call.arguments());
            Optional<Object> before = stale.remove(key);
            if (before != null) {
                return before.orElse(null);
            }
            Optional<Object> now = Optional.ofNullable(call.proceed());
            fresh.put(key, now);
            return now.orElse(null);
        }
    }
}
