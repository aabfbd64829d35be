package io.headwater.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzReport;
import org.junit.jupiter.api.Test;

class MemoryFuzzTest {

    @Test
    void random_scripts_are_answered_as_the_model_does() {
        FuzzReport report = Fuzz.of("memory:").scripts(500).seed(1).run();
        assertThat(report.failure()).as(report.text()).isEmpty();
        assertThat(report.scripts()).isEqualTo(500);
    }

    @Test
    void two_stores_answer_alike() {
        FuzzReport report =
                Fuzz.between("memory:", "memory:").scripts(100).seed(1).run();
        assertThat(report.failure()).as(report.text()).isEmpty();
    }

    /** A generator that never gets to a replay or a fenced lease proves nothing about them. */
    @Test
    void every_operation_meets_every_outcome_that_it_can_have() {
        FuzzReport report = Fuzz.of("memory:").scripts(200).seed(1).run();
        assertThat(report.statistics().counts().keySet())
                .as(report.statistics().text())
                .contains("append: appended", "append: replayed", "append: conflict")
                .contains("append: conflict, partial repeat", "append: stream deleted")
                .contains("append, several streams: appended", "append, several streams: replayed")
                .contains("append, several streams: conflict", "append, several streams: conflict, partial repeat")
                .contains("append, several streams: stream deleted")
                .contains("appendAll: nothing", "appendAll: ended by appended", "appendAll: ended by replayed")
                .contains("appendAll: ended by conflict", "appendAll: stream deleted")
                .contains("readStream forwards: to the end", "readStream forwards: a part")
                .contains("readStream forwards: nothing", "readStream forwards: stream deleted")
                .contains("readStream backwards: to the end", "readStream backwards: a part")
                .contains("readStream backwards: nothing", "readStream backwards: stream deleted")
                .contains("log forwards: some", "log forwards: nothing", "log backwards: some", "head: done")
                .contains("filtered log forwards: some", "filtered log forwards: nothing", "positionAt: done")
                .contains("filtered log backwards: some", "filtered log backwards: nothing")
                .contains("delete: done", "delete: conflict", "delete: stream deleted")
                .contains("tombstone: done", "tombstone: conflict", "tombstone: stream deleted")
                .contains("truncateBefore: done", "truncateBefore: stream deleted", "scavenge: done")
                .contains("saveSnapshot: yes", "saveSnapshot: no", "deleteSnapshot: done")
                .contains("loadSnapshot: some", "loadSnapshot: nothing")
                .contains("streams: some", "streams: nothing", "categories: some", "categories: nothing")
                .contains("acquire: yes", "acquire: no", "renew: yes", "renew: no", "release: done")
                .contains("saveCheckpoint: SAVED", "saveCheckpoint: BEHIND", "saveCheckpoint: FENCED")
                .contains("changeRecords: yes", "changeRecords: no", "changeRecords, no lease: done")
                .contains("records: some", "records: nothing", "checkpoints: some", "checkpoints: nothing")
                .contains("holders: some", "holders: nothing", "reset: done", "forget: yes", "forget: no");
    }
}
