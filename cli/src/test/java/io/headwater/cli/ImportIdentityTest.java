package io.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines without ids: which inputs count as the same one. */
class ImportIdentityTest {
    private static final String TICK = line("clock-1", "0");
    private static final String ID = "123e4567-e89b-42d3-a456-426614174000";

    @TempDir
    Path folder;

    private TestStores stores;

    @BeforeEach
    void open() {
        stores = TestStores.open("memory", folder);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private static String line(String stream, String data) {
        return "{\"stream\":\"%s\",\"type\":\"T\",\"data\":%s}\n".formatted(stream, data);
    }

    private CommandRun load(String input, String... more) {
        String[] args = {"import", "-", "-q", "--url", stores.url()};
        return CommandRun.with(
                input.getBytes(UTF_8),
                Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private void assertLoaded(CommandRun run, int appended, int present) {
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.out())
                .contains("appended      %12s".formatted(appended), "already there %12s".formatted(present));
    }

    private List<String> data() {
        return stores.store()
                .log(LogQuery.all())
                .map(event -> event.data().text())
                .toList();
    }

    @Test
    void equal_lines_at_equal_numbers_of_inputs_that_differ_before_are_different_events() {
        String monday = line("day-1", "\"monday\"") + TICK + TICK;
        String tuesday = line("day-1", "\"tuesday\"") + TICK + TICK;
        assertLoaded(load(monday), 3, 0);
        assertLoaded(load(tuesday), 3, 0);
        assertLoaded(load(monday), 0, 3);
        assertLoaded(load(tuesday), 0, 3);
        assertThat(data()).hasSize(6);
    }

    @Test
    void an_input_is_known_again_under_another_name_and_when_it_has_grown() throws Exception {
        String begun = line("a-1", "1") + TICK + TICK;
        Path file = Files.writeString(folder.resolve("one.ndjson"), begun);
        assertLoaded(CommandRun.of("import", file.toString(), "-q", "--url", stores.url()), 3, 0);
        assertLoaded(load(begun), 0, 3);
        Path renamed = Files.move(file, folder.resolve("two.ndjson"));
        Files.writeString(renamed, begun + TICK + line("a-2", "2"));
        assertLoaded(CommandRun.of("import", renamed.toString(), "-q", "--url", stores.url()), 2, 3);
        assertLoaded(load(TICK + TICK), 2, 0);
    }

    @Test
    void an_input_that_is_known_as_a_whole_says_so_and_can_be_named_as_another() {
        assertThat(load(TICK + TICK).error()).doesNotContain("--source");
        CommandRun again = load(TICK + TICK);
        assertLoaded(again, 0, 2);
        assertThat(again.error()).contains("every line was in the store already", "--source");
        assertLoaded(load(TICK + TICK, "--source", "tuesday"), 2, 0);
        assertLoaded(load(TICK + TICK, "--source", "tuesday"), 0, 2);
        assertThat(data()).hasSize(4);
    }

    @Test
    void an_input_that_begins_like_another_and_goes_on_differently_is_refused() {
        load(TICK + TICK + line("a-1", "\"monday\"") + TICK);
        String tuesday = TICK + TICK + line("a-1", "\"tuesday\"") + TICK;
        for (String[] options : new String[][] {{}, {"--dry-run"}, {"--on-error", "skip"}}) {
            CommandRun run = load(tuesday, options);
            assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
            assertThat(run.error())
                    .contains("begins like an input that was imported before, up to line 2", "line 3", "--source")
                    .hasLineCount(1);
            assertThat(data()).hasSize(4);
        }
        assertLoaded(load(tuesday, "--source", "tuesday"), 4, 0);
    }

    @Test
    void what_was_refused_is_corrected_in_a_file_of_its_own_or_in_place_where_the_import_stopped() {
        String good = line("a-1", "1");
        assertThat(load(good + "oops\n" + good).exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertLoaded(load(good + line("a-1", "2") + good), 2, 1);

        String skipped = folder.resolve("r").toString();
        String bad = good + "oops\n" + line("a-1", "3");
        load(bad, "--source", "s", "--on-error", "skip", "--rejects", skipped);
        assertThat(load(bad, "--source", "s", "--on-error", "skip", "--rejects", skipped)
                        .out())
                .contains("appended                 0");
        CommandRun inPlace = load(good + line("a-1", "4") + line("a-1", "3"), "--source", "s");
        assertThat(inPlace.exitCode()).as("no line twice").isEqualTo(ExitCode.REFUSED.number());
        assertLoaded(load(line("a-1", "4"), "--source", "corrected"), 1, 0);
    }

    @Test
    void lines_with_ids_of_their_own_and_empty_ones_change_nothing() {
        String own = "{\"stream\":\"a-1\",\"type\":\"T\",\"data\":1,\"id\":\"" + ID + "\"}\n";
        assertLoaded(load(TICK + own + TICK), 3, 0);
        assertLoaded(load(TICK + "\n" + TICK + TICK), 1, 2);
        assertLoaded(load(own + TICK + TICK + TICK), 0, 4);
    }

    @Test
    void what_was_deleted_is_appended_again_and_what_others_wrote_does_not_matter() {
        String input = TICK + line("a-1", "1") + TICK;
        load(input);
        assertLoaded(load(line("b-1", "7") + TICK), 2, 0);
        stores.store().facet(StreamAdmin.class).orElseThrow().delete(StreamId.of("a-1"), ExpectedVersion.any());
        assertLoaded(load(input + TICK), 2, 2);
    }

    @Test
    void ids_tell_the_lines_that_an_event_followed() {
        load(TICK + line("a-1", "1") + TICK);
        List<RecordedEvent> log = stores.store().log(LogQuery.all()).toList();
        assertThat(log).allSatisfy(event -> {
            assertThat(event.id().version()).isEqualTo(8);
            assertThat(event.id().variant()).isEqualTo(2);
        });
        assertThat(log.stream().map(event -> event.id().getMostSignificantBits()))
                .doesNotHaveDuplicates();
    }
}
