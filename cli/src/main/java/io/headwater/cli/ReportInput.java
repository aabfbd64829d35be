package io.headwater.cli;

import io.headwater.cli.conformance.ReportReader;
import io.headwater.cli.conformance.StoredReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reports that are given to a command as files. */
final class ReportInput {
    private ReportInput() {}

    static StoredReport read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new Failure(ExitCode.USAGE, "file '" + file + "' does not exist");
        }
        if (Files.isDirectory(file)) {
            throw new Failure(ExitCode.USAGE, "'" + file + "' is a folder: name a report in it");
        }
        return ReportReader.read(file);
    }
}
