package io.headwater.docs;

import io.headwater.EventStores;
import io.headwater.cli.conformance.Matrix;
import io.headwater.cli.conformance.ReportReader;
import io.headwater.cli.conformance.StoredReport;
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
import java.util.ArrayList;
import java.util.List;

/** Reports of the TCK on the backends of this build, run now, written and read as the command does. */
final class BackendReports {
    private BackendReports() {}

    static Matrix matrix(Path folder) {
        List<StoredReport> reports = new ArrayList<>();
        for (BackendProvider backend : EventStores.backends()) {
            reports.add(
                    stored(tck(backend.name(), folder).profile(Profile.QUICK).run(), folder));
        }
        return new Matrix(reports);
    }

    private static Tck tck(String backend, Path folder) {
        return switch (backend) {
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
