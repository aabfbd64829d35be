package io.headwater.cli;

import io.headwater.EventStoreConfig;
import io.headwater.cli.text.Printable;
import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzFailure;
import io.headwater.tck.fuzz.FuzzReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Options that say how many random scripts are run, and what is printed. */
final class FuzzOptions {
    @Option(
            names = "--scripts",
            paramLabel = "NUMBER",
            description = "The number of scripts. Default: ${DEFAULT-VALUE}.")
    private int scripts = 100;

    @Option(
            names = "--length",
            paramLabel = "NUMBER",
            description =
                    "The number of calls of each script before it reads what it wrote. Default: ${DEFAULT-VALUE}.")
    private int length = 40;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "The seed of the first script, to repeat a run; each further script has the next number.")
    private @Nullable Long seed;

    @Option(names = "--met", description = "Also print how often each kind of call got each kind of answer.")
    private boolean met;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    EventStoreConfig store() {
        return store.named();
    }

    /** Runs the scripts and prints the result. */
    ExitCode run(String name, Fuzz fuzz, Shell shell) {
        checkPositive("--scripts", scripts);
        checkPositive("--length", length);
        FuzzReport report = report(name, fuzz, shell);
        try (Output out = new Output(shell, common.json())) {
            if (out.json()) {
                out.object(object -> describe(report, object));
            } else {
                print(report, out);
            }
        }
        return report.passed() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static void checkPositive(String option, int number) {
        if (number < 1) {
            throw new Failure(ExitCode.USAGE, "%s is %s: at least 1 is needed".formatted(option, number));
        }
    }

    private FuzzReport report(String name, Fuzz fuzz, Shell shell) {
        Fuzz wanted = fuzz.scripts(scripts).length(length);
        Fuzz seeded = seed == null ? wanted : wanted.seed(seed);
        try (ProgressDisplay progress = ProgressDisplay.of(shell, quiet, ProgressTask.ofScripts(name, scripts))) {
            return seeded.progress(done -> progress.at(done, done)).run();
        }
    }

    private void print(FuzzReport report, Output out) {
        if (met) {
            report.statistics().text().lines().forEach(out::line);
        }
        report.text().lines().map(Printable::of).forEach(out::line);
    }

    private static void describe(FuzzReport report, JsonGenerator json) {
        json.writeNumberProperty("seed", report.seed());
        json.writeNumberProperty("scripts", report.scripts());
        json.writeNumberProperty("steps", report.steps());
        report.failure().ifPresent(failure -> describe(failure, json));
        json.writeObjectPropertyStart("met");
        report.statistics().counts().forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    private static void describe(FuzzFailure failure, JsonGenerator json) {
        json.writeObjectPropertyStart("failure");
        json.writeNumberProperty("seed", failure.seed());
        json.writeArrayPropertyStart("script");
        failure.script().lines().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("expected", failure.expected());
        json.writeStringProperty("actual", failure.actual());
        json.writeEndObject();
    }
}
