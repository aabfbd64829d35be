package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.cli.text.Printable;
import io.headwater.tck.Profile;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.TckSession;
import io.headwater.tck.report.ReportFormat;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the TCK against a store. */
@Command(
        name = "run",
        header = "Run the rules of the contract against a store.",
        description = {
            "Opens the store of --url, or creates it, and checks every rule. The store may hold other data; the rules"
                    + " use names of their own, leave behind what they wrote, and remove deleted and truncated events"
                    + " from the storage. So give them a store of their own.",
            "Every rule that did not pass is printed with the reason, and the last line has the counts and the seed,"
                    + " with which the run can be repeated."
        },
        footer = {
            "%nExamples:",
            "  headwater tck run --url sqlite:tck.db --report-dir report",
            "  headwater tck run --url sqlite:tck.db --only append,A4,I1.3 --seed 4711",
            "  headwater tck run --url sqlite:tck.db --profile full --claim",
            "  headwater tck run --url memory:tck --waive 'G10.2=time marks are a minute apart'",
            "  BACKEND_CLASSPATH=target/filestore.jar headwater tck run --url filestore:tck    # a backend of your own"
        })
final class TckRunCommand implements Callable<Integer> {
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.log.io.headwater.internal";

    private final Shell shell;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            converter = NotEmpty.class,
            description =
                    "Only these rules (A4.2), rules of the contract (A4) or groups (append); 'headwater tck rules'"
                            + " lists them. Repeatable.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(
            names = "--profile",
            paramLabel = "quick|full|soak",
            completionCandidates = Profiles.class,
            description = "How often rules about concurrency are run: 1, 3 or 50 times. Default: quick.")
    private Profile profile = Profile.QUICK;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "The seed of an earlier run, to repeat it.")
    private @Nullable Long seed;

    @Option(
            names = "--waive",
            paramLabel = "ID=REASON",
            description =
                    "Allow this rule to fail, for this reason; the run fails if the rule holds, unless it is about races"
                            + " or faults. Repeatable.")
    private Map<String, String> waivers = new LinkedHashMap<>();

    @Option(
            names = "--without",
            paramLabel = "NEED=REASON",
            description =
                    "The storage cannot do this: second-instance, second-process, restart, configuration,"
                            + " held-append, event-clock, lease-clock or put-back. Rules that require it are not run. Repeatable.")
    private Map<Need, String> without = new LinkedHashMap<>();

    @Option(
            names = "--time-scale",
            paramLabel = "FACTOR",
            description = "Multiply all timeouts by this factor, such as 3 on a slow machine. Default: 1.")
    private double timeScale = 1;

    @Option(
            names = "--claim",
            description =
                    "Also fail if a rule was not run, unless it needs what storage need not have: the report names it.")
    private boolean claim;

    @Mixin
    private final ReportFiles files = new ReportFiles();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    /** The values for completion. */
    static final class Profiles extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Profiles() {
            super(WordConverter.words(Profile.class));
        }
    }

    TckRunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (claim && !only.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--claim and --only exclude each other: a claim requires all rules");
        }
        files.check();
        if (!common.debug()) {
            // Rules break handlers and connections deliberately; warnings about that would hide the output.
            System.setProperty(LOG_LEVEL, "error");
        }
        TckReport report = run(tck());
        files.write(report, shell);
        print(report);
        return (holds(report) ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private Tck tck() {
        EventStoreConfig config = store.named();
        Tck tck = Tck.of(config).profile(profile);
        try {
            tck = only.isEmpty() ? tck : tck.only(only.toArray(String[]::new));
            tck = tck.timeScale(timeScale);
            for (Map.Entry<String, String> waiver : waivers.entrySet()) {
                tck = tck.waive(waiver.getKey(), waiver.getValue());
            }
            for (Map.Entry<Need, String> missing : without.entrySet()) {
                tck = tck.without(missing.getKey(), missing.getValue());
            }
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        if (seed != null) {
            tck = tck.seed(seed);
        }
        return isMemory(config) ? alone(tck) : tck;
    }

    private Tck alone(Tck tck) {
        Tck alone = tck;
        for (Need need : List.of(Need.RESTART, Need.SECOND_PROCESS)) {
            alone = without.containsKey(need) ? alone : alone.without(need, "a memory store ends with its last user");
        }
        return alone;
    }

    /** Opens the store once, so that a problem with the URL or the server is reported once, and not by every rule. */
    private boolean isMemory(EventStoreConfig config) {
        try (EventStore opened = StoreOptions.openOrCreate(config)) {
            return MemoryStores.isOne(opened);
        }
    }

    private TckReport run(Tck tck) {
        try (TckSession session = tck.open()) {
            List<Rule> rules = session.groups().stream()
                    .flatMap(group -> group.rules().stream())
                    .toList();
            List<RuleResult> results = new ArrayList<>();
            try (ProgressDisplay progress =
                    ProgressDisplay.of(shell, quiet, ProgressTask.ofRules("tck", rules.size()))) {
                for (Rule rule : rules) {
                    results.add(session.run(rule));
                    progress.at(results.size(), results.size());
                }
            }
            return session.report(results);
        }
    }

    private boolean holds(TckReport report) {
        return claim ? report.provesConformance() : report.with(Status.FAIL).isEmpty();
    }

    private void print(TckReport report) {
        try (Output out = new Output(shell, common.json())) {
            if (out.json()) {
                out.line(ReportFormat.JSON.text(report).strip());
            } else {
                report.text().lines().map(Printable::of).forEach(out::line);
            }
        }
        int notRun = report.with(Status.NOT_RUN).size();
        if (claim && notRun > 0) {
            shell.note("no claim of conformance: %s rules were not run".formatted(notRun));
        }
    }
}
