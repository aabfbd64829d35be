package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.esdb.Faults.Fault;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each call of each way of an append gets no answer, while the caller waits, is interrupted, or the store is closed. The append ends
 * within {@code callTimeout}, what it says of its outcome is so, and the same append tells it again.
 */
class AppendStepsTest {
    private static final Duration CALL_TIMEOUT = Duration.ofMillis(600);
    private static final Duration SLACK = Duration.ofSeconds(3);
    private static final int MAX_CALLS = 40;

    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final EventStore other = EventStores.open(EsdbFixture.url(server) + "&namespace=other");
    private final OtherTool tool = new OtherTool(server);

    @AfterEach
    void close() {
        other.close();
        tool.close();
        server.close();
    }

    /** A way through the steps. */
    private enum Way {
        EXACT {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(1);
                return scene.request(exactly(1), 2);
            }
        },
        TO_NO_STREAM {
            @Override
            AppendRequest prepare(Scene scene) {
                return scene.request(noStream(), 2);
            }
        },
        LOOSE_TO_AN_EMPTIED_STREAM {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(2);
                scene.tool().hideUpTo(scene.name(), 1);
                return scene.request(any(), 1);
            }
        },
        BEHIND_THE_DELETE_OF_ANOTHER_TOOL {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(2);
                scene.tool().delete(scene.name());
                return scene.request(any(), 2);
            }
        },
        AHEAD {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(1);
                return scene.request(exactly(5), 1);
            }
        },
        REPEAT {
            @Override
            AppendRequest prepare(Scene scene) {
                AppendRequest request = scene.request(exactly(1), 2);
                scene.write(1);
                scene.other().append(request);
                scene.write(1);
                return request;
            }
        },
        HIDDEN_REPEAT {
            @Override
            AppendRequest prepare(Scene scene) {
                AppendRequest request = scene.request(noStream(), 2);
                scene.other().append(request);
                scene.write(1);
                scene.tool().hideUpTo(scene.name(), 1);
                return request;
            }
        },
        OVERTAKEN {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(1);
                scene.faults().then(Fault.refused(1).after(() -> scene.write(1)));
                return scene.request(any(), 2);
            }
        },
        REPLY_LOST {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(1);
                scene.faults().then(Fault.replyLost());
                return scene.request(exactly(1), 2);
            }
        },
        REQUEST_LOST {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(1);
                scene.faults().then(Fault.requestLost());
                return scene.request(exactly(1), 2);
            }
        },
        REPLY_LOST_AND_HIDDEN {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(1);
                scene.faults().then(Fault.replyLost().after(() -> scene.tool().hideUpTo(scene.name(), 2)));
                return scene.request(exactly(1), 2);
            }
        },
        REQUEST_LOST_AND_ANOTHER_HIDDEN {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(1);
                scene.faults().then(Fault.requestLost().after(() -> {
                    scene.write(2);
                    scene.tool().hideUpTo(scene.name(), 2);
                }));
                return scene.request(any(), 2);
            }
        },
        REPLY_LOST_AND_TOMBSTONED {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.write(1);
                scene.faults().then(Fault.replyLost().after(() -> scene.tool().tombstone(scene.name())));
                return scene.request(any(), 1);
            }
        },
        REPLY_LOST_AND_DELETED_BY_ANOTHER_TOOL {
            @Override
            AppendRequest prepare(Scene scene) {
                scene.faults().then(Fault.replyLost().after(() -> scene.tool().delete(scene.name())));
                return scene.request(noStream(), 2);
            }

            @Override
            boolean isNewWhenRepeated() {
                return true;
            }
        };

        /** Brings the stream into its state, and returns the append. */
        abstract AppendRequest prepare(Scene scene);

        /** Whether the stream is left without events and without memory, so that the same append is written again (I4). */
        boolean isNewWhenRepeated() {
            return false;
        }
    }

    /** What becomes of the caller while a call of the append gets no answer. */
    private enum Meanwhile {
        WAITS,
        IS_INTERRUPTED,
        STORE_CLOSES
    }

    static Stream<Arguments> ways() {
        return Arrays.stream(Way.values())
                .flatMap(way -> Arrays.stream(Meanwhile.values()).map(meanwhile -> Arguments.of(way, meanwhile)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void an_append_ends_and_its_outcome_is_as_it_says(Way way, Meanwhile meanwhile) {
        int call = 1;
        while (run(way, meanwhile, call)) {
            call++;
            assertThat(call).isLessThan(MAX_CALLS);
        }
        assertThat(call).isGreaterThan(1);
    }

    /** Returns whether the append made that many calls. */
    private boolean run(Way way, Meanwhile meanwhile, int unanswered) {
        Unanswered hang = new Unanswered();
        try (FaultyStore faulty = new FaultyStore(server, CALL_TIMEOUT, System::nanoTime, hang)) {
            Scene scene = new Scene(StreamId.of(way + "-" + meanwhile + unanswered), faulty.faults(), other, tool);
            AppendRequest request = way.prepare(scene);
            long before = scene.copies(request);
            hang.next(unanswered);
            Ended ended = new Caller(faulty.store(), request, hang).run(meanwhile, way == Way.HIDDEN_REPEAT);
            if (!hang.begun().isDone()) {
                return false;
            }
            ended.checkAgainst(meanwhile);
            check(ended, scene, request, before);
            if (!way.isNewWhenRepeated()) {
                checkRepeat(scene, request);
            }
            return true;
        }
    }

    private static void check(Ended ended, Scene scene, AppendRequest request, long before) {
        long copies = scene.copies(request);
        assertThat(copies).isBetween(before, 1L);
        if (ended.outcome() instanceof AppendOutcome.Appended) {
            assertThat(copies).isEqualTo(1);
        } else if (!(ended.thrown() instanceof AppendOutcomeUnknown || ended.thrown() instanceof StoreClosed)) {
            assertThat(copies).as("%s", ended).isEqualTo(before);
        }
    }

    private static void checkRepeat(Scene scene, AppendRequest request) {
        long copies = scene.copies(request);
        Throwable again = catchThrowable(() -> scene.other().tryAppend(request));
        assertThat(again)
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        end -> assertThat(end).isInstanceOf(StreamDeleted.class));
        assertThat(scene.copies(request)).isBetween(copies, 1L);
    }

    /** What an append is made in. */
    private record Scene(StreamId stream, Faults faults, EventStore other, OtherTool tool) {
        String name() {
            return stream.value();
        }

        private static EventData[] events(int count) {
            return Stream.generate(() -> EventData.json("Happened", "{}"))
                    .limit(count)
                    .toArray(EventData[]::new);
        }

        void write(int count) {
            other.append(stream, any(), events(count));
        }

        AppendRequest request(ExpectedVersion expected, int count) {
            return AppendRequest.to(stream, expected, events(count));
        }

        /** How often the append is in the log, hidden events among them. */
        long copies(AppendRequest request) {
            UUID first = request.writes().get(0).events().get(0).id();
            return other.log(LogQuery.all())
                    .filter(event -> event.id().equals(first))
                    .count();
        }
    }

    /** How an append ended. */
    private record Ended(
            @Nullable AppendOutcome outcome, @Nullable Throwable thrown, boolean interrupted, Duration took) {

        void checkAgainst(Meanwhile meanwhile) {
            List<Class<?>> possible =
                    new ArrayList<>(List.of(StoreUnavailable.class, AppendOutcomeUnknown.class, StreamDeleted.class));
            if (meanwhile == Meanwhile.IS_INTERRUPTED) {
                possible.add(OperationInterrupted.class);
                assertThat(interrupted).isTrue();
            }
            if (meanwhile == Meanwhile.STORE_CLOSES) {
                assertThat(thrown).isInstanceOf(StoreClosed.class);
                assertThat(took).isLessThan(SLACK);
            } else if (thrown != null) {
                assertThat(possible).contains(thrown.getClass());
            }
            assertThat(took).isLessThan(CALL_TIMEOUT.plus(SLACK));
        }
    }

    /** Makes the append on a thread of its own. */
    private record Caller(EventStore store, AppendRequest request, Unanswered hang) {

        /** @param mayTakeLonger whether a search of the log may take longer than {@code callTimeout}; an interrupt ends it */
        Ended run(Meanwhile meanwhile, boolean mayTakeLonger) {
            CompletableFuture<Ended> ended = new CompletableFuture<>();
            Thread caller = new Thread(() -> ended.complete(append()));
            caller.start();
            CompletableFuture.anyOf(hang.begun(), ended).join();
            if (hang.begun().isDone() && meanwhile == Meanwhile.IS_INTERRUPTED) {
                caller.interrupt();
            } else if (hang.begun().isDone() && meanwhile == Meanwhile.STORE_CLOSES) {
                store.close();
            }
            if (mayTakeLonger && meanwhile == Meanwhile.WAITS && !endsWithin(ended, CALL_TIMEOUT.plus(SLACK))) {
                caller.interrupt();
                assertThat(ended.join().thrown()).isInstanceOf(OperationInterrupted.class);
                return new Ended(null, new StoreUnavailable("ended by an interrupt", null), false, CALL_TIMEOUT);
            }
            return ended.orTimeout(1, TimeUnit.MINUTES).join();
        }

        private static boolean endsWithin(CompletableFuture<Ended> ended, Duration time) {
            return ended.copy()
                    .thenApply(end -> true)
                    .completeOnTimeout(false, time.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }

        private Ended append() {
            long began = System.nanoTime();
            AppendOutcome outcome = null;
            Throwable thrown = null;
            try {
                outcome = store.tryAppend(request);
            } catch (RuntimeException e) {
                thrown = e;
            }
            boolean interrupted = Thread.interrupted();
            return new Ended(outcome, thrown, interrupted, Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
