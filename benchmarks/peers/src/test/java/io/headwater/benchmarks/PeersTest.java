package io.headwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every peer appends and reads events, which are counted and checked; rates are not checked. */
class PeersTest {
    @TempDir
    private Path folder;

    @Test
    void a_tiny_run_measures_every_peer_and_leaves_nothing_behind() {
        Path json = folder.resolve("report.json");
        Path databases = folder.resolve("databases");

        int status = BenchmarksCommand.commandLine()
                .execute(
                        "--peers",
                        "--seconds=0.001",
                        "--rounds=1",
                        "--writers=3",
                        "--batches=1,10",
                        "--events=1500",
                        "--folder=" + databases,
                        "--json=" + json);

        assertThat(status).isZero();
        assertThat(json)
                .content()
                .contains("\"Axon, 3 writers\"", "\"Axon, autocommit, 8 writers\"")
                .contains("\"message-db, 3 writers\"", "\"message-db, category per stream, 8 writers\"")
                .contains("\"Pekko, 3 writers\"", "\"Pekko, untagged, 8 writers\"")
                .contains("\"peers read streams of 100\"", "\"peers read log\"");
        assertThat(databases).isEmptyDirectory();
    }
}
