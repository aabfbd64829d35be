package io.headwater.cli;

import io.headwater.dynamodb.DynamoCosts;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes what a store in DynamoDB consumes, and what that costs. */
@Command(
        name = "cost",
        header = "Compute what a store in DynamoDB consumes in a day, and costs.",
        description = {
            "Computes write and read units from the items that the backend writes, and multiplies them by the prices of"
                    + " --write-price and --read-price. Connects to nothing.",
            "The default prices are the list prices of on-demand tables in us-east-1 as of November 2024: other regions"
                    + " and times have others. Storage, backups, throttled and repeated requests, and reads of streams"
                    + " are not in it."
        },
        footer = {
            "%nExamples:",
            "  headwater cost --appends 1000000 --event-bytes 600 --followers 3",
            "  headwater cost --appends 5000000 --group 16 --write-price 0.72 --read-price 0.14"
        })
final class CostCommand implements Callable<Integer> {
    private static final long MAX_NUMBER = 1_000_000_000_000L;
    private static final long MAX_FOLLOWERS = 1_000_000;
    private static final int MAX_NAME = 255;

    private final Shell shell;

    @Option(names = "--appends", paramLabel = "N", description = "Appends in a day. Default: 100000.")
    private long appends = 100_000;

    @Option(names = "--events", paramLabel = "N", description = "Events of each append. Default: 1.")
    private int events = 1;

    @Option(
            names = "--event-bytes",
            paramLabel = "N",
            description = "Bytes of each event: type, data and metadata. Default: 600.")
    private int eventBytes = 600;

    @Option(names = "--name-bytes", paramLabel = "N", description = "Bytes of the name of a stream. Default: 40.")
    private int nameBytes = 40;

    @Option(
            names = "--group",
            paramLabel = "N",
            description = "Appends that go together, from 1 to 16: those of concurrent callers. Default: 1.")
    private int group = 1;

    @Option(names = "--new-streams", paramLabel = "N", description = "New streams in a day. Default: 0.")
    private long newStreams;

    @Option(names = "--followers", paramLabel = "N", description = "Processes that follow the log. Default: 1.")
    private long followers = 1;

    @Option(names = "--checkpoints", paramLabel = "N", description = "Checkpoints saved in a day. Default: 0.")
    private long checkpoints;

    @Option(
            names = "--write-price",
            paramLabel = "USD",
            description = "The price of a million write units. Default: 0.625, a list price of November 2024.")
    private BigDecimal writePrice = new BigDecimal("0.625");

    @Option(
            names = "--read-price",
            paramLabel = "USD",
            description = "The price of a million read units. Default: 0.125, a list price of November 2024.")
    private BigDecimal readPrice = new BigDecimal("0.125");

    /** Every command accepts this option, so that it can be part of an alias; this command needs no store. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    CostCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        check();
        try (Output out = new Output(shell, common.json())) {
            new CostReport(lines(), writePrice, readPrice).print(out);
        }
        return ExitCode.OK.number();
    }

    private void check() {
        within("--appends", appends, 0, MAX_NUMBER);
        within("--events", events, 1, DynamoCosts.LIMITS.maxEventsPerAppend());
        within("--event-bytes", eventBytes, 1, DynamoCosts.LIMITS.maxEventBytes());
        within("--name-bytes", nameBytes, 1, MAX_NAME);
        within("--group", group, 1, DynamoCosts.MAX_GROUP);
        within("--new-streams", newStreams, 0, MAX_NUMBER);
        within("--followers", followers, 0, MAX_FOLLOWERS);
        within("--checkpoints", checkpoints, 0, MAX_NUMBER);
        if ((long) events * eventBytes > DynamoCosts.LIMITS.maxAppendBytes()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "an append of %s events of %s bytes is too large: %s bytes are allowed"
                            .formatted(events, eventBytes, DynamoCosts.LIMITS.maxAppendBytes()));
        }
    }

    private static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new Failure(ExitCode.USAGE, "%s is %s: %s to %s is expected".formatted(option, value, least, most));
        }
    }

    private List<CostLine> lines() {
        DynamoCosts costs = new DynamoCosts(events, eventBytes, nameBytes, group);
        long groups = (appends + group - 1) / group;
        long looks = Math.min(
                DynamoCosts.MAX_POLLS_PER_DAY, DynamoCosts.IDLE_POLLS_PER_DAY + DynamoCosts.POLLS_PER_APPEND * groups);
        return List.of(
                CostLine.ofWrites("appends", appends, costs.writeUnits()),
                CostLine.ofWrites("first appends to streams, more", newStreams, DynamoCosts.FIRST_APPEND),
                CostLine.ofWrites("checkpoints", checkpoints, DynamoCosts.CHECKPOINT),
                CostLine.ofReads("followers: looks at the end", followers * looks, 1),
                CostLine.ofReads("followers: reading", followers * appends, costs.readUnitsFromLog()));
    }
}
