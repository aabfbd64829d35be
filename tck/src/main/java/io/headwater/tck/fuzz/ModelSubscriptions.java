package io.headwater.tck.fuzz;

import io.headwater.CodePoints;
import io.headwater.Metadata;
import io.headwater.spi.RecordChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** Checkpoints, leases and records of the model (K2, K3). No lease expires, because a script ends long before. */
final class ModelSubscriptions implements SubscriptionSubject {
    private static final int NO_OWNER = -1;

    private final Map<String, State> states = new TreeMap<>(CodePoints::compare);
    private final Map<String, Observed> observed = new HashMap<>();
    private final IntUnaryOperator marks;

    ModelSubscriptions(IntUnaryOperator marks) {
        this.marks = marks;
    }

    /** A lease that was held, by its number, and how often it had been renewed. */
    private record Observed(int lease, int renewals) {}

    private static final class State {
        final Map<Integer, Integer> checkpoints = new TreeMap<>();
        final Map<String, Map<String, Metadata>> records = new TreeMap<>();
        int acquired;
        int current = NO_OWNER;
        int renewals;
        String owner = "";

        void give(String next) {
            owner = next;
            current = acquired;
            acquired++;
            renewals = 0;
        }

        void change(List<RecordChange> changes) {
            for (RecordChange change : changes) {
                Map<String, Metadata> kind =
                        records.computeIfAbsent(change.kind(), absent -> new TreeMap<>(CodePoints::compare));
                change.fields()
                        .ifPresentOrElse(fields -> kind.put(change.key(), fields), () -> kind.remove(change.key()));
            }
        }

        boolean isEmpty() {
            return checkpoints.isEmpty() && records.values().stream().allMatch(Map::isEmpty);
        }

        void clear() {
            current = NO_OWNER;
            checkpoints.clear();
            records.clear();
        }
    }

    private State state(String name) {
        return states.computeIfAbsent(name, absent -> new State());
    }

    @Override
    public Answer acquire(String name, String owner) {
        State state = state(name);
        boolean free = state.current == NO_OWNER || state.owner.equals(owner);
        if (free) {
            state.give(owner);
        }
        return Answers.yesOrNo(free);
    }

    @Override
    public Answer observe(String name) {
        State state = state(name);
        observed.remove(name);
        if (state.current == NO_OWNER) {
            return Answers.NOT_OBSERVED;
        }
        observed.put(name, new Observed(state.current, state.renewals));
        return Answer.of(Answers.holder(name, state.owner, state.renewals));
    }

    @Override
    public Answer takeOver(String name, String owner) {
        State state = state(name);
        Observed seen = observed.get(name);
        if (seen == null) {
            return Answers.NOT_OBSERVED;
        }
        boolean unchanged = seen.equals(new Observed(state.current, state.renewals));
        if (unchanged) {
            state.give(owner);
        }
        return Answers.yesOrNo(unchanged);
    }

    private Answer holding(String name, int lease, Supplier<Answer> held, Answer lost) {
        State state = state(name);
        if (state.acquired == 0) {
            return Answers.NO_LEASE;
        }
        return Math.min(lease, state.acquired - 1) == state.current ? held.get() : lost;
    }

    private Answer holding(String name, int lease, BooleanSupplier held) {
        return holding(name, lease, () -> Answers.yesOrNo(held.getAsBoolean()), Answers.yesOrNo(false));
    }

    @Override
    public Answer renew(String name, int lease) {
        return holding(name, lease, () -> {
            state(name).renewals++;
            return true;
        });
    }

    @Override
    public Answer renewAll(List<String> names, int lease) {
        return each(names, name -> renew(name, lease));
    }

    private Answer each(List<String> names, Function<String, Answer> call) {
        return names.stream().allMatch(name -> state(name).acquired > 0)
                ? Answers.each(names, names.stream().map(call).toList())
                : Answers.NO_LEASE;
    }

    @Override
    public Answer release(String name, int lease) {
        return holding(
                name,
                lease,
                () -> {
                    state(name).current = NO_OWNER;
                    return Answers.DONE;
                },
                Answers.DONE);
    }

    @Override
    public Answer save(String name, int lease, int partition, int mark, List<RecordChange> changes) {
        return holding(name, lease, () -> save(state(name), partition, mark, changes), Answer.of("FENCED"));
    }

    @Override
    public Answer saveAll(List<String> names, int lease, int partition, int mark, List<RecordChange> changes) {
        return each(names, name -> save(name, lease, partition, mark, changes));
    }

    private Answer save(State state, int partition, int mark, List<RecordChange> changes) {
        int place = marks.applyAsInt(mark);
        if (state.checkpoints.getOrDefault(partition, 0) > place) {
            return Answer.of("BEHIND");
        }
        state.checkpoints.put(partition, place);
        state.change(changes);
        return Answer.of("SAVED");
    }

    @Override
    public Answer change(String name, int lease, List<RecordChange> changes) {
        return holding(name, lease, () -> {
            state(name).change(changes);
            return true;
        });
    }

    @Override
    public Answer change(String name, List<RecordChange> changes) {
        state(name).change(changes);
        return Answers.DONE;
    }

    @Override
    public Answer records(String name, String kind, String after, int limit) {
        return Answer.list(Optional.ofNullable(state(name).records.get(kind)).stream()
                .flatMap(records -> records.entrySet().stream())
                .filter(record -> CodePoints.compare(record.getKey(), after) > 0)
                .limit(limit)
                .map(record -> Answers.record(kind, record.getKey(), record.getValue()))
                .toList());
    }

    @Override
    public Answer checkpoints(String name) {
        return Answer.list(state(name).checkpoints.entrySet().stream()
                .map(saved -> Answers.checkpoint(saved.getKey(), saved.getValue()))
                .toList());
    }

    @Override
    public Answer holders() {
        return Answer.list(states.entrySet().stream()
                .filter(named -> named.getValue().current != NO_OWNER)
                .map(named -> Answers.holder(named.getKey(), named.getValue().owner, named.getValue().renewals))
                .toList());
    }

    @Override
    public Answer reset(String name, int mark) {
        State state = state(name);
        state.clear();
        state.checkpoints.put(0, marks.applyAsInt(mark));
        return Answers.DONE;
    }

    @Override
    public Answer forget(String name) {
        boolean had = !state(name).isEmpty();
        state(name).clear();
        return Answers.yesOrNo(had);
    }
}
