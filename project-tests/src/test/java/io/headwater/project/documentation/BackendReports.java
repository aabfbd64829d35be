package io.headwater.project.documentation;

import io.headwater.cli.conformance.Matrix;
import io.headwater.cli.conformance.ReportReader;
import io.headwater.cli.conformance.StoredReport;
import io.headwater.dynamodb.DynamoFixture;
import io.headwater.postgres.PostgresFixture;
import io.headwater.spi.BackendProvider;
import io.headwater.tck.Profile;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.report.ReportFormat;
import io.headwater.tck.rule.Need;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reports of the TCK on the backends of this build, run now, written and read as the command does. */
final class BackendReports {
    private BackendReports() {}

    /** At the same time, as a backend waits more than it works. */
    static Matrix matrix(Path folder) {
        List<CompletableFuture<StoredReport>> reports = InstalledBackends.providers().stream()
                .map(backend -> CompletableFuture.supplyAsync(() -> report(backend, folder), BackendReports::onThread))
                .toList();
        return new Matrix(reports.stream().map(CompletableFuture::join).toList());
    }

    private static void onThread(Runnable work) {
        new Thread(work, "tck-for-documentation").start();
    }

    private static StoredReport report(BackendProvider backend, Path folder) {
        return stored(tck(backend.name(), folder).profile(Profile.QUICK).run(), folder);
    }

    private static Tck tck(String backend, Path folder) {
        return switch (backend) {
            case "dynamodb" -> Tck.of(DynamoFixture.url());
            case "memory" ->
                Tck.of("memory:docs")
                        .without(Need.RESTART, "the storage ends with its last store")
                        .without(Need.SECOND_PROCESS, "the storage ends with its process");
            case "postgres" -> Tck.of(PostgresFixture.url());
            case "sqlite" -> Tck.of("sqlite:" + folder.resolve("tck.db"));
            default -> throw new AssertionError("say here how to check the backend '" + backend + "' for the tables");
        };
    }

    private static StoredReport stored(TckReport report, Path folder) {
        try {
            Path file = folder.resolve(report.store().backend() + ".json");
            return ReportReader.read(Files.writeString(file, ReportFormat.JSON.text(report)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
