package io.headwater.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the backends. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures each backend beside its raw driver, in turns, on the same tables.")
public final class BenchmarksCommand implements Callable<Integer> {
    /** A part of the measurements. */
    enum Part {
        append,
        read,
        log,
        catchup,
        latency,
        idle
    }

    private static final List<Part> PARTS_OF_PEERS = List.of(Part.append, Part.read, Part.log);

    @Spec
    private CommandSpec spec = CommandSpec.create(); // Set by picocli.

    @Option(
            names = "--backend",
            split = ",",
            paramLabel = "NAME",
            description = "only this backend: memory, sqlite, postgres, dynamodb (append only),"
                    + " esdb (append, read, log)")
    private List<String> backends = List.of();

    @Option(
            names = "--peers",
            description = "measure Headwater on PostgreSQL beside other event stores instead: append, read, log")
    private boolean peers;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "only this part: append, read, log, catchup, latency, idle")
    private List<Part> parts = List.of(Part.values());

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description =
                    "the database to use, postgresql://user:password@host:5432/database (default: starts a server)")
    private @Nullable String postgres;

    @Option(
            names = "--esdb",
            paramLabel = "URL",
            description = "the server to use, without events, esdb://host:2113?tls=false (default: the test server)")
    private @Nullable String esdb;

    @Mixin
    private final MeasurementOptions load = new MeasurementOptions();

    @Option(names = "--folder", description = "where to put database files (default: a temporary folder)")
    private @Nullable Path folder;

    @Option(names = "--json", paramLabel = "FILE", description = "also write every figure to this file")
    private @Nullable Path json;

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchmarksCommand());
    }

    @Override
    public Integer call() throws Exception {
        List<Storage> targets = targets();
        Path parent = Objects.requireNonNullElseGet(folder, () -> Path.of(System.getProperty("java.io.tmpdir", ".")));
        Files.createDirectories(parent);
        try (Scratch scratch = Scratch.in(parent)) {
            try {
                write(measure(targets, scratch.path()));
            } finally {
                for (Storage target : targets) {
                    target.close();
                }
            }
        }
        return ExitCode.OK;
    }

    private List<Storage> targets() {
        if (peers) {
            return List.of(targetOfPeers());
        }
        List<Storage> all = List.of(
                new MemoryTarget(),
                new SqliteTarget(),
                new PostgresTarget(postgres),
                new DynamoStorage(),
                new EsdbStorage(esdb));
        List<Storage> chosen = all.stream()
                .filter(target -> backends.isEmpty() || backends.contains(target.name()))
                .toList();
        if (chosen.size() < backends.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no such backend among " + backends + ": there are "
                            + all.stream().map(Storage::name).toList());
        }
        return chosen;
    }

    private Target targetOfPeers() {
        if (!backends.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--peers measures postgres: leave out --backend");
        }
        if (Collections.disjoint(parts, PARTS_OF_PEERS)) {
            throw new ParameterException(spec.commandLine(), "--peers measures " + PARTS_OF_PEERS + " only");
        }
        if (PeersBenchmark.found().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no peers on the class path: use benchmarks/run --peers, which builds them");
        }
        return new PostgresTarget(postgres);
    }

    private Report measure(List<Storage> targets, Path scratch) throws Exception {
        Settings settings = load.settings(spec.commandLine().getErr()::println);
        for (Storage target : targets) {
            target.start(scratch);
        }
        Report report = new Report(Environment.describe(targets, settings, scratch));
        for (Storage target : targets) {
            if (peers && target instanceof PostgresTarget server) {
                measurePeers(server, settings, scratch, report);
            } else if (target instanceof DynamoStorage table) {
                measure(table, settings, scratch, report);
            } else if (target instanceof EsdbStorage server) {
                measure(server, settings, scratch, report);
            } else if (target instanceof Target other) {
                measure(other, settings, scratch, report);
            }
        }
        report.describe("fdatasync at the end", FsyncProbe.measure(scratch));
        return report;
    }

    private void measure(Target target, Settings settings, Path scratch, Report report) throws Exception {
        report.begin(target.name());
        if (parts.contains(Part.append)) {
            new AppendBenchmark(target, settings, scratch, report).run();
        }
        boolean streams = parts.contains(Part.read);
        boolean log = parts.contains(Part.log);
        if (streams || log) {
            new ReadBenchmark(target, settings, scratch, report).run(streams, log);
        }
        if (parts.contains(Part.catchup)) {
            new CatchUpBenchmark(target, settings, scratch, report).run();
        }
        if (parts.contains(Part.latency)) {
            new LatencyBenchmark(target, settings, scratch, report).run();
        }
        if (parts.contains(Part.idle)) {
            new IdleBenchmark(target, settings, scratch, report).run();
        }
    }

    private void measure(DynamoStorage table, Settings settings, Path scratch, Report report) throws Exception {
        report.begin(table.name());
        if (parts.contains(Part.append)) {
            new DynamoAppendBenchmark(table, settings, scratch, report).run();
        }
    }

    private void measure(EsdbStorage server, Settings settings, Path scratch, Report report) throws Exception {
        report.begin(server.name());
        EsdbBenchmark benchmark = new EsdbBenchmark(server, settings, scratch, report);
        if (parts.contains(Part.append)) {
            benchmark.appends();
        }
        boolean streams = parts.contains(Part.read);
        boolean log = parts.contains(Part.log);
        if (streams || log) {
            benchmark.reads(streams, log);
        }
    }

    private void measurePeers(PostgresTarget server, Settings settings, Path scratch, Report report) throws Exception {
        report.begin(server.name() + ", beside other event stores");
        try (PeersBenchmark benchmark = new PeersBenchmark(server, settings, scratch, report)) {
            benchmark.run(parts.contains(Part.append), parts.contains(Part.read), parts.contains(Part.log));
        }
    }

    private void write(Report report) {
        System.out.print(TextResults.of(report));
        if (json != null) {
            JsonResults.write(report, json);
        }
    }
}
