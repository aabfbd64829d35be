package io.headwater.cli;

import io.headwater.cli.plan.PlanFile;
import io.headwater.migration.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command on a migration that a plan describes. */
abstract class MigrationCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "PLAN", description = "The file that 'headwater migrate plan' wrote.")
    private @Nullable Path file;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    MigrationCommand(Shell shell) {
        this.shell = shell;
    }

    /** Runs the command; the stores and the output are closed afterwards. */
    abstract ExitCode run(PlanFile plan, MigrationStores stores, Output out) throws IOException;

    /** Opens the stores. Only a command that may create a store overrides it. */
    MigrationStores open(PlanFile plan) {
        return MigrationStores.openToRead(plan, shell);
    }

    /** Refuses arguments that would fail later, before a store is opened. */
    void check() throws IOException {}

    @Override
    public final Integer call() throws IOException {
        UsageProblem.refuseOptionsBefore(Arguments.given(spec));
        PlanFile plan = read(Arguments.given(file));
        check();
        try (MigrationStores stores = open(plan);
                Output out = new Output(shell, common.json())) {
            return run(plan, stores, out).number();
        }
    }

    /** Reads a plan, which must be there. */
    static PlanFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "there is no file '" + file + "': write one with 'headwater migrate plan --out " + file + "'");
        }
        return PlanFile.read(file);
    }

    final Shell shell() {
        return shell;
    }

    /** The migration of a plan, which ends when the process is told to end. */
    final Migration stoppable(PlanFile plan, MigrationStores stores, Duration patience) {
        Migration migration = plan.migration(stores.source(), stores.target())
                .patience(patience)
                .build();
        shell.termination().requested().thenRun(migration::stop);
        return migration;
    }
}
