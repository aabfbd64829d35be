package io.headwater.tck;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.StreamPage;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.StoreProcess;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that does nothing passes no rule about what a store does, and one that hangs does not hang the run. */
@Timeout(120)
class HopelessStoresTest {
    /** Rules that hold without any storage: what values and the guard refuse, and an empty store's closing and emptiness. */
    private static final Set<String> HOLD_WITHOUT_STORAGE =
            Set.of(("A1.3 A1.4 A6.4 A6.5 A6.7 A6.8 A7.13 R2.1 R4.1 R4.2 G6.17 P4.1 P4.14 E1.1 E2.6 E2.9 L2.1 L2.4 L2.6")
                    .split(" "));

    /** They mostly wait. */
    private static final int SESSIONS = 8;

    @Test
    void every_rule_fails_on_a_store_that_answers_null() throws Exception {
        Backend nothing = (Backend) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Backend.class},
                (self, method, arguments) ->
                        method.getName().equals("capabilities") ? new StubBackend().capabilities() : null);
        assertThat(notFailing(nothing, Duration.ofSeconds(5), rule -> true)).isEmpty();
    }

    @Test
    void every_rule_fails_on_a_store_that_hangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try {
            assertThat(notFailing(new Hanging(end), Duration.ofMillis(20), rule -> true))
                    .isEmpty();
        } finally {
            end.countDown();
        }
    }

    @Test
    void no_rule_about_storage_passes_on_a_store_that_keeps_nothing() throws Exception {
        assertThat(notFailing(new Forgetful(), Duration.ofSeconds(1), not(HopelessStoresTest::holdsWithoutStorage)))
                .isEmpty();
    }

    /** One after the other, as some of these look at the threads of the process. */
    @Test
    void rules_that_need_no_storage_hold_without_it() {
        try (TckSession session = session(new Forgetful(), Duration.ofSeconds(1))) {
            assertThat(runnable(session)
                            .filter(HopelessStoresTest::holdsWithoutStorage)
                            .map(session::runWithoutFixture)
                            .filter(result -> result.is(Status.PASS)))
                    .hasSameSizeAs(HOLD_WITHOUT_STORAGE);
        }
    }

    private static boolean holdsWithoutStorage(Rule rule) {
        return HOLD_WITHOUT_STORAGE.contains(rule.id());
    }

    /** In sessions at the same time, each of which runs its part of the rules. */
    private static List<String> notFailing(Backend backend, Duration deadline, Predicate<Rule> which) throws Exception {
        return Concurrently.times(SESSIONS, part -> () -> notFailing(backend, deadline, which, part)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> notFailing(Backend backend, Duration deadline, Predicate<Rule> which, int part) {
        try (TckSession session = session(backend, deadline)) {
            List<Rule> rules = runnable(session).filter(which).toList();
            return IntStream.range(0, rules.size())
                    .filter(i -> i % SESSIONS == part)
                    .mapToObj(rules::get)
                    .map(session::runWithoutFixture)
                    .filter(not(result -> result.is(Status.FAIL)))
                    .map(result -> result.rule().id())
                    .toList();
        }
    }

    private static TckSession session(Backend backend, Duration deadline) {
        return Tck.of(new Control(backend)).deadline(deadline).open();
    }

    private static Stream<Rule> runnable(TckSession session) {
        return session.groups().stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule -> !rule.needs().contains(Need.CONFIGURATION));
    }

    /** Its other process is in this one: the rules are to fail for what the store does, not for the lack of a process. */
    private record Control(Backend backend) implements StoreControl {
        @Override
        public EventStore open() {
            return EventStores.over("hopeless", backend);
        }

        @Override
        public Set<Need> offers() {
            return EnumSet.complementOf(EnumSet.of(Need.CONFIGURATION));
        }

        @Override
        public StoreProcess openProcess() {
            return new HopelessProcess(open());
        }
    }

    private record HopelessProcess(EventStore store) implements StoreProcess {
        @Override
        public AppendOutcome tryAppend(AppendRequest request) {
            return store.tryAppend(request);
        }

        @Override
        public void hold(AppendRequest request) {
            store.facet(HeldAppends.class).orElseThrow().hold(request);
        }

        @Override
        public long version(StreamId stream) {
            return store.version(stream);
        }

        @Override
        public void kill() {}

        @Override
        public boolean isAlive() {
            return false;
        }

        @Override
        public void close() {}
    }

    /** Holds appends, too, that are as if they had never been, however they end. */
    private static class Forgetful extends StubBackend implements HeldAppends {
        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return type == HeldAppends.class ? Optional.of(type.cast(this)) : super.facet(type);
        }

        @Override
        public HeldAppend hold(AppendRequest request) {
            AppendOutcome outcome = super.append(request);
            return new HeldAppend() {
                @Override
                public AppendOutcome commit() {
                    return outcome;
                }

                @Override
                public void rollback() {}
            };
        }

        @Override
        public boolean holdsUpAppends() {
            return false;
        }
    }

    /** Waits in every call until the test is over, and does not care about interrupts. */
    private static final class Hanging extends Forgetful {
        private final CountDownLatch end;

        Hanging(CountDownLatch end) {
            this.end = end;
        }

        private <T> T hang(T answer) {
            boolean interrupted = false;
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return answer;
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            return hang(super.append(request));
        }

        @Override
        public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
            return hang(super.readStream(stream, direction, from, limit));
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            return hang(super.readLog(from, direction, filter, limit));
        }

        @Override
        public Position head() {
            return hang(super.head());
        }

        @Override
        public CheckpointStore checkpoints() {
            return hang(super.checkpoints());
        }

        @Override
        public void close() {
            hang(true);
        }
    }
}
