package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy in a process that is killed, judged by ids alone: what the source has, in that order, and nothing twice. */
class InterruptedMigrationTest {
    private static final int EVENTS = 20_000;
    private static final int KILLS = Integer.getInteger("headwater.migration.kills", 4);
    private static final long SEED = 11;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final List<UUID> ids = new ArrayList<>();
    private String to;
    private Path plan;

    @BeforeEach
    void plan_a_migration() {
        String from = "sqlite:" + folder.resolve("old.db");
        to = "sqlite:" + folder.resolve("new.db");
        plan = folder.resolve("plan.json");
        fill(from);
        assertThat(CommandRun.of(
                                "migrate",
                                "plan",
                                "--name",
                                "new",
                                "--from",
                                from,
                                "--to",
                                to,
                                "--out",
                                plan.toString(),
                                "--accept",
                                "BOUNDARIES,REPEATS,RECORDED_AT,SNAPSHOTS")
                        .exitCode())
                .isZero();
    }

    private void fill(String from) {
        try (EventStore store = EventStores.open(from)) {
            int[] versions = new int[500];
            List<AppendRequest> requests = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                int stream = random.nextInt(versions.length);
                EventData event = EventData.json("T", "" + i);
                ids.add(event.id());
                requests.add(AppendRequest.to(
                        StreamId.of("a-" + stream), ExpectedVersion.exactly(versions[stream]++), List.of(event)));
            }
            store.facet(BulkImport.class).orElseThrow().appendAll(requests);
        }
    }

    private List<UUID> copied() {
        try (EventStore store = EventStores.open(to)) {
            return store.log(LogQuery.all()).map(event -> event.id()).toList();
        }
    }

    private void assertPrefix() {
        List<UUID> there = copied();
        assertThat(new HashSet<>(there)).as("seed " + SEED).hasSameSizeAs(there);
        assertThat(there).as("seed " + SEED).isEqualTo(ids.subList(0, there.size()));
    }

    private Child copy() throws IOException {
        return Child.start(folder.resolve("child.log"), "migrate", "copy", plan.toString(), "--quiet");
    }

    @Test
    void a_copy_killed_at_any_moment_and_run_again_has_every_event_once_in_order() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            try (Child child = copy()) {
                long wanted = (long) EVENTS * kill / (KILLS + 1) + random.nextInt(EVENTS / 20);
                try (EventStore store = EventStores.open(to)) {
                    Awaitility.await()
                            .pollInterval(Duration.ofMillis(2))
                            .atMost(60, TimeUnit.SECONDS)
                            .until(() -> !child.process().isAlive() || size(store) >= wanted);
                }
                child.kill();
                child.process().waitFor();
            }
            assertPrefix();
        }
        try (Child last = copy()) {
            assertThat(last.process().waitFor()).as(last.said()).isZero();
        }
        assertThat(copied()).isEqualTo(ids);
        assertThat(CommandRun.of("migrate", "verify", plan.toString(), "--quiet")
                        .exitCode())
                .isZero();
    }

    private static long size(EventStore store) {
        return Positions.number(store.head());
    }

    @Test
    void of_two_copies_at_once_one_ends_with_code_7_or_finds_nothing_left_to_do() throws Exception {
        Set<Integer> codes = new HashSet<>();
        try (Child one = copy();
                Child other = copy()) {
            codes.add(one.process().waitFor());
            codes.add(other.process().waitFor());
            assertThat(Set.of(0, 7)).as(one.said()).containsAll(codes);
            assertThat(codes).contains(0);
        }
        assertThat(copied()).isEqualTo(ids);
    }

    @Test
    void sigterm_ends_a_copy_with_143_and_the_next_run_goes_on() throws Exception {
        try (Child child = copy()) {
            try (EventStore store = EventStores.open(to)) {
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> !child.process().isAlive() || size(store) > 0);
            }
            child.stop();
            assertThat(child.process().waitFor()).as(child.said()).isEqualTo(143);
            assertThat(child.said()).contains("run the same command again");
        }
        assertPrefix();
        try (Child last = copy()) {
            assertThat(last.process().waitFor()).as(last.said()).isZero();
        }
        assertThat(copied()).isEqualTo(ids);
    }
}
