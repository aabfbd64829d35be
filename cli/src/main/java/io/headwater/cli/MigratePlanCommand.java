package io.headwater.cli;

import io.headwater.cli.plan.BadPlan;
import io.headwater.cli.plan.PlanFile;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import io.headwater.migration.Migration;
import io.headwater.migration.Plan;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Finding;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.Scanned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** Says what a migration would lose, and writes its plan. */
@Command(
        name = "plan",
        header = "Say what a migration would lose, and write its plan.",
        description = {
            "Compares what both stores can do, reads what was not copied yet, and lists what the target would not have as the"
                    + " source has it, each with a code. A copy begins only if every loss was accepted: name their codes"
                    + " with --accept. The target is created if it does not exist; nothing else is written to it.",
            "",
            "The plan has no passwords: the commands take that of the source from HEADWATER_FROM_PASSWORD and that of the"
                    + " target from HEADWATER_TO_PASSWORD."
        },
        footer = {
            "%nExamples:",
            "  headwater migrate plan --name new --from sqlite:old.db --to sqlite:new.db",
            "  headwater migrate plan --name new --from sqlite:old.db --to sqlite:new.db --out new.json \\",
            "      --accept SNAPSHOTS",
            "  headwater migrate plan new.json"
        })
final class MigratePlanCommand implements Callable<Integer> {
    /** How much of the source is read. */
    enum Extent {
        FULL(Long.MAX_VALUE),
        SAMPLE(100_000),
        NONE(0);

        private final long events;

        Extent(long events) {
            this.events = events;
        }
    }

    private final Shell shell;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLAN",
            description = "A plan to look at again, in place of --name, --from and --to.")
    private @Nullable Path described;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            converter = NotEmpty.class,
            description = "The name of the migration, which tells it from others into the same target.")
    private @Nullable String name;

    @Option(
            names = "--from",
            paramLabel = "URL",
            converter = NotEmpty.class,
            description = "The store to copy from. It is opened read-only.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "URL", converter = NotEmpty.class, description = "The store to copy to.")
    private @Nullable String to;

    @Option(
            names = "--accept",
            split = ",",
            paramLabel = "CODE",
            description = "Accept the losses with these codes, separated by commas.")
    private List<Loss> accepted = new ArrayList<>();

    @Option(
            names = "--scan",
            paramLabel = "full|sample|none",
            description = "How much of the source to read: all, the first 100,000 events, or none. Default: full.")
    private Extent scan = Extent.FULL;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the plan to this file. A plan there is replaced.")
    private @Nullable Path file;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    MigratePlanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        PlanFile plan = described().accepting(accepted);
        MigrationStores.refuseSecrets(plan);
        if (file != null) {
            check(file);
        }
        try (MigrationStores stores = MigrationStores.openOrCreate(plan, shell);
                Output out = new Output(shell, common.json())) {
            Plan found = look(plan.migration(stores.source(), stores.target()).build(), stores);
            if (file != null) {
                write(plan, file);
            }
            print(found, out);
            return (found.isReady() ? ExitCode.OK : ExitCode.REFUSED).number();
        }
    }

    private PlanFile described() throws IOException {
        if (described != null && name == null && from == null && to == null) {
            return MigrationCommand.read(described);
        }
        if (described != null || name == null || from == null || to == null) {
            throw new Failure(ExitCode.USAGE, "name a plan, or else give --name, --from and --to");
        }
        return PlanFile.of(name, from, to);
    }

    private Plan look(Migration migration, MigrationStores stores) {
        shell.termination().requested().thenRun(migration::stop);
        try (ProgressDisplay display =
                ProgressDisplay.of(shell, quiet, ProgressTask.ofBatches("plan", stores.expectedEvents()))) {
            return migration.plan(scan.events, read -> display.at(read, read));
        }
    }

    /** Replaces nothing but a plan. */
    private static void check(Path file) throws IOException {
        TargetFile.check(file.toString());
        if (Files.isRegularFile(file)) {
            try {
                PlanFile.read(file);
            } catch (BadPlan other) {
                throw new Failure(ExitCode.USAGE, other.getMessage() + "; name another file with --out", other);
            }
        }
    }

    private void write(PlanFile plan, Path file) throws IOException {
        try (TargetFile target = TargetFile.open(file.toString(), false)) {
            target.stream().write(plan.text());
            target.commit();
        }
        shell.note("plan written to " + file);
    }

    private void print(Plan plan, Output out) {
        plan.findings().forEach(finding -> print(finding, plan, out));
        if (out.json()) {
            out.object(json -> describe(plan, json));
            return;
        }
        out.line(extent(plan.scanned()));
        if (!plan.blocks().isEmpty()) {
            out.line("The migration cannot be made.");
        } else if (plan.notAccepted().isEmpty()) {
            out.line("The migration can begin: headwater migrate copy " + next());
        } else {
            String codes = String.join(
                    ",",
                    plan.losses().stream().map(finding -> finding.code().name()).toList());
            out.line("To accept these losses: --accept " + codes);
        }
    }

    private String next() {
        Path plan = file == null ? described : file;
        return plan == null ? "PLAN, after --out PLAN" : plan.toString();
    }

    private String extent(Scanned scanned) {
        if (scan == Extent.NONE) {
            return "The source was not read: what only its events show is not listed.";
        }
        String read = "%s (%s) to copy; reading them took %s"
                .formatted(
                        Figures.count(scanned.events(), "event"),
                        Figures.count(scanned.bytes(), "byte"),
                        Figures.time(scanned.time()));
        return scanned.complete() ? read + "." : "At least " + read + ". The rest was not read.";
    }

    private static void describe(Plan plan, JsonGenerator json) {
        json.writeStringProperty("kind", "plan");
        json.writeBooleanProperty("ready", plan.isReady());
        json.writeStringProperty("hash", plan.hash());
        json.writeBooleanProperty("complete", plan.scanned().complete());
        json.writeNumberProperty("events", plan.scanned().events());
        json.writeNumberProperty("bytes", plan.scanned().bytes());
        json.writeNumberProperty("millis", plan.scanned().time().toMillis());
    }

    private static void print(Finding finding, Plan plan, Output out) {
        if (out.json()) {
            out.object(json -> describe(finding, plan, json));
            return;
        }
        String count = finding.count() == 0 ? "" : " (" + Figures.count(finding.count()) + ")";
        out.line("%s %s%s: %s"
                .formatted(
                        mark(finding, plan, out),
                        finding.code().name(),
                        count,
                        finding.code().meaning()));
        finding.examples().forEach(example -> out.line("    " + Printable.of(example)));
        out.line("    " + finding.code().remedy());
    }

    private static String mark(Finding finding, Plan plan, Output out) {
        if (finding.code() instanceof Loss loss) {
            return plan.accepted().contains(loss)
                    ? "accepted loss"
                    : out.paint().yellow("loss");
        }
        return finding.code() instanceof Block ? out.paint().yellow("block") : "note";
    }

    private static void describe(Finding finding, Plan plan, JsonGenerator json) {
        json.writeStringProperty(
                "kind", finding.code().getClass().getSimpleName().toLowerCase(Locale.ROOT));
        json.writeStringProperty("code", finding.code().name());
        if (finding.code() instanceof Loss loss) {
            json.writeBooleanProperty("accepted", plan.accepted().contains(loss));
        }
        json.writeNumberProperty("count", finding.count());
        json.writeArrayPropertyStart("examples");
        finding.examples().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("meaning", finding.code().meaning());
        json.writeStringProperty("remedy", finding.code().remedy());
    }
}
