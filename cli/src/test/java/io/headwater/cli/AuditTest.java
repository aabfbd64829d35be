package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Metadata;
import io.headwater.PullSubscription;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ID = "123e4567-e89b-42d3-a456-426614174000";

    @TempDir
    Path folder;

    private TestStores stores;

    @BeforeEach
    void fill() {
        stores = TestStores.open("sqlite", folder);
        CommandRun.with("""
                {"stream":"order-1","type":"Placed","data":{}}
                {"stream":"order-1","type":"Paid","data":{}}
                {"stream":"order-1","type":"Shipped","data":{},"id":"%s"}
                """.formatted(ID), "import", "--url", stores.url());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private CommandRun run(String command) {
        return CommandRun.of(Stream.concat(Stream.of(command.split(" ")), Stream.of("--url", stores.url()))
                .toArray(String[]::new));
    }

    /** Simulates a subscription that skipped the last event: the digest is that of one that ended before it. */
    private void pretendThatTheLastIsMissing() {
        run("tail --name t --audited --exit-when-live");
        run("tail --name short --audited --limit 2");
        CheckpointStore checkpoints =
                stores.store().facet(CheckpointStore.class).orElseThrow();
        SubscriptionRecord shorter =
                checkpoints.records("short", "audit", "", 1).get(0);
        Map<String, String> fields = new LinkedHashMap<>(shorter.fields().entries());
        fields.put("upTo", stores.store().head().toString());
        checkpoints.change("t", List.of(RecordChange.put("audit", shorter.key(), Metadata.of(fields))));
    }

    @Test
    void a_subscription_that_handled_everything_once_is_clean() {
        run("tail --name t --audited --limit 1");
        run("tail --name t --audited --exit-when-live");
        CommandRun audit = run("audit --name t");
        assertThat(audit.exitCode()).isZero();
        assertThat(audit.out()).contains("3 events handled", "✓ every event once, none missing");
        assertThat(run("audit --name t --json").out())
                .isEqualTo("{\"subscription\":\"t\",\"after\":\"0000000000000000\",\"upTo\":\"0000000000000003\","
                        + "\"handled\":3,\"skipped\":0,\"clean\":true,\"findings\":[]}\n");
    }

    @Test
    void a_missing_event_is_named() {
        pretendThatTheLastIsMissing();
        CommandRun audit = run("audit --name t");
        assertThat(audit.exitCode()).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(audit.out())
                .contains("missing  0000000000000003  order-1@3  Shipped  " + ID, "1 finding")
                .doesNotContain("✓");
        CommandRun json = run("audit --name t --json");
        assertThat(json.exitCode()).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(json.out())
                .contains("\"clean\":false,\"findings\":[{\"finding\":\"missing\"")
                .contains("\"stream\":\"order-1\",\"version\":3,\"type\":\"Shipped\",\"id\":\"" + ID + "\"");
    }

    @Test
    void a_part_that_was_not_audited_is_told() {
        run("tail --name t --audited --limit 1");
        handleOneWithoutAudit();
        run("tail --name t --audited --limit 1");
        CommandRun audit = run("audit --name t");
        assertThat(audit.exitCode()).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(audit.out()).contains("not audited", "0000000000000001–0000000000000002", "without an audit");
    }

    /** As an application may do: {@code tail} continues the audit. */
    private void handleOneWithoutAudit() {
        try (PullSubscription pull = stores.store().pull(SubscriptionOptions.durable("t"))) {
            assertThat(pull.next(PATIENCE)).isPresent();
            pull.acknowledge();
        }
    }

    @Test
    void one_that_was_never_audited_says_how_to_switch_it_on() {
        run("tail --name t --limit 1");
        CommandRun audit = run("audit --name t");
        assertThat(audit.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(audit.error())
                .contains("'t' has nothing to audit", "tail --name … --audited")
                .hasLineCount(1);
    }
}
