package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store in DynamoDB would consume. */
@Tag("locales")
class CostTest {
    @Test
    void units_and_prices_of_a_day_are_told() {
        CommandRun run = CommandRun.of(
                "cost", "--appends", "1000000", "--event-bytes", "600", "--followers", "0", "--write-price", "2");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .anySatisfy(line -> assertThat(line).matches("appends +1,000,000 +7\\.00 +7,000,000 +14\\.00"))
                .anySatisfy(line -> assertThat(line).matches("all +7,000,000 +0 +14\\.00"))
                .contains("at 2 USD for a million write units, 0.125 USD for a million read units");
    }

    @Test
    void following_an_idle_store_costs_a_cent_or_two() {
        CommandRun run = CommandRun.of("cost", "--appends", "0", "--json");
        assertThat(run.lines())
                .contains("{\"what\":\"followers: looks at the end\",\"number\":43200,\"unitsEach\":1.0,"
                        + "\"readUnits\":43200.0,\"usd\":0.0054}");
    }

    @Test
    void a_busy_follower_looks_no_more_often_than_it_can() {
        assertThat(CommandRun.of("cost", "--appends", "100000000").out()).contains("1,728,000");
    }

    @Test
    void appends_that_go_together_cost_less() {
        assertThat(CommandRun.of("cost", "--group", "16").out()).contains("4.31");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--group 17                     | --group is 17: 1 to 16 is expected",
                "--appends -1                   | --appends is -1: 0 to 1000000000000 is expected",
                "--event-bytes 500000           | --event-bytes is 500000: 1 to 399360 is expected",
                "--events 5000 --event-bytes 1000 | is too large: 3800000 bytes are allowed",
                "--write-price cheap            | 'cheap'",
            })
    void what_no_store_allows_is_refused(String options, String expected) {
        CommandRun run = CommandRun.of(("cost " + options).split(" "));
        assertThat(run.error()).startsWith("headwater: ").contains(expected).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }
}
