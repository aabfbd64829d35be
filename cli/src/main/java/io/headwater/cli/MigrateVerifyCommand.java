package io.headwater.cli;

import io.headwater.Position;
import io.headwater.cli.ndjson.StrictJson;
import io.headwater.cli.plan.PlanFile;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import io.headwater.migration.Migration;
import io.headwater.migration.verify.Depth;
import io.headwater.migration.verify.Difference;
import io.headwater.migration.verify.Verification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Compares the source of a migration with its target. */
@Command(
        name = "verify",
        header = "Compare the source with the target, and name every difference.",
        description = {
            "Reads both stores, as far as the source was copied, and lists what is missing, extra, different or at another"
                    + " place, by stream, version and id, never with payloads. Writes to neither store. Exit code 6 means"
                    + " that there are differences.",
            "",
            "What was removed by a scavenge on one side only is no difference. The source may be in use meanwhile."
        },
        footer = {
            "%nExamples:",
            "  headwater migrate verify new.json",
            "  headwater migrate verify new.json --depth versions",
            "  headwater migrate verify new.json --differences differences.ndjson --report verified.json"
        })
final class MigrateVerifyCommand extends MigrationCommand {
    private static final int SHOWN = 20;

    @Option(
            names = "--depth",
            paramLabel = "counts|versions|full",
            description =
                    "counts: streams and events of each category. versions: version and first event of each stream."
                            + " full: every event, byte by byte, in its order. Default: full.")
    private Depth depth = Depth.FULL;

    @Option(
            names = "--differences",
            paramLabel = "FILE",
            description = "Write every difference to this file, one JSON object a line.")
    private @Nullable Path differences;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the result to this file, as JSON.")
    private @Nullable Path report;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    MigrateVerifyCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() throws IOException {
        if (report != null) {
            TargetFile.check(report.toString());
        }
        if (differences != null) {
            TargetFile.check(differences.toString());
        }
    }

    @Override
    ExitCode run(PlanFile plan, MigrationStores stores, Output out) throws IOException {
        Migration migration = stoppable(plan, stores, Duration.ZERO);
        Verification found =
                differences == null ? verify(migration, stores, null) : verifyInto(differences, migration, stores);
        if (report != null) {
            new MigrationReport(plan, stores).write(report, json -> describe(found, true, json));
        }
        print(found, out);
        if (!found.complete()) {
            out.flush();
            shell().note("stopped before everything was compared; run the same command again");
        }
        return found.total() == 0 ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private Verification verifyInto(Path file, Migration migration, MigrationStores stores) throws IOException {
        try (TargetFile target = TargetFile.open(file.toString(), false)) {
            Verification found = verify(migration, stores, target);
            target.commit();
            return found;
        }
    }

    private Verification verify(Migration migration, MigrationStores stores, @Nullable TargetFile file) {
        long expected = depth == Depth.FULL ? stores.expectedEvents() : ProgressTask.UNKNOWN;
        try (ProgressDisplay display = ProgressDisplay.of(shell(), quiet, ProgressTask.ofBatches("verify", expected))) {
            return migration.verify(
                    depth,
                    difference -> {
                        if (file != null) {
                            write(difference, file);
                        }
                    },
                    compared -> display.at(compared, compared));
        }
    }

    private static void write(Difference difference, TargetFile file) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictJson.generator(line)) {
            json.writeStartObject();
            describe(difference, json);
            json.writeEndObject();
        }
        line.write('\n');
        try {
            line.writeTo(file.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Verification found, Output out) {
        if (out.json()) {
            found.differences().forEach(difference -> out.object(json -> describe(difference, json)));
            out.object(json -> describe(found, false, json));
            return;
        }
        found.differences().stream().limit(SHOWN).forEach(difference -> out.line(text(difference, out)));
        if (found.total() > SHOWN) {
            out.line("… and %s more: --differences FILE writes all".formatted(Figures.count(found.total() - SHOWN)));
        }
        out.line("compared %s in %s (%s a second): %s"
                .formatted(
                        compared(found.compared()),
                        Figures.time(found.time()),
                        Figures.count(Figures.rate(found.compared(), found.time())),
                        found.total() == 0 ? "no difference" : Figures.count(found.total(), "difference")));
    }

    private String compared(long count) {
        return switch (depth) {
            case COUNTS -> Figures.count(count) + (count == 1 ? " category" : " categories");
            case VERSIONS -> Figures.count(count, "stream");
            case FULL -> Figures.count(count, "event");
        };
    }

    private static String text(Difference difference, Output out) {
        String version = difference.version() == 0 ? "" : "@" + difference.version();
        return "%s %s%s: %s"
                .formatted(
                        out.paint().yellow(difference.kind().name()),
                        Printable.of(difference.subject()),
                        version,
                        Printable.of(difference.detail()));
    }

    private static void describe(Difference difference, JsonGenerator json) {
        json.writeStringProperty("kind", difference.kind().name());
        json.writeStringProperty("subject", difference.subject());
        if (difference.version() > 0) {
            json.writeNumberProperty("version", difference.version());
        }
        if (difference.id() != null) {
            json.writeStringProperty("id", difference.id().toString());
        }
        position("source", difference.source(), json);
        position("target", difference.target(), json);
        json.writeStringProperty("detail", difference.detail());
    }

    private static void position(String name, @Nullable Position position, JsonGenerator json) {
        if (position != null) {
            json.writeStringProperty(name, position.toString());
        }
    }

    private static void describe(Verification found, boolean withDifferences, JsonGenerator json) {
        json.writeStringProperty("depth", found.depth().name().toLowerCase(Locale.ROOT));
        json.writeBooleanProperty("complete", found.complete());
        json.writeBooleanProperty("equal", found.isEqual());
        json.writeNumberProperty("compared", found.compared());
        json.writeNumberProperty("millis", found.time().toMillis());
        json.writeObjectPropertyStart("counts");
        found.counts().forEach((kind, count) -> json.writeNumberProperty(kind.name(), count));
        json.writeEndObject();
        if (withDifferences) {
            json.writeArrayPropertyStart("differences");
            found.differences().forEach(difference -> {
                json.writeStartObject();
                describe(difference, json);
                json.writeEndObject();
            });
            json.writeEndArray();
        }
    }
}
