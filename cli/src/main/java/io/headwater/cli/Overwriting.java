package io.headwater.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prevents an output from replacing databases and other valuable files. It opens the file that exists, which MUST NOT
 * be done while this process has that file open as a store: closing it again would release SQLite's locks on it.
 */
final class Overwriting {
    private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

    private Overwriting() {}

    /** Refuses a file that belongs to a store, or is being read. Devices and pipes hold nothing that could be lost. */
    static void refuse(Path named) throws IOException {
        if (Files.exists(named) && !Files.isRegularFile(named)) {
            return;
        }
        Path place = Links.target(named);
        if (DatabaseFiles.isDatabase(place)) {
            throw new Failure(
                    ExitCode.USAGE, "'" + place + "' is a database, which would be lost: name another file to write");
        }
        if (DatabaseFiles.isBesideDatabase(place)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "'" + place + "' belongs to a database, which would be damaged: name another file to write");
        }
        if (Files.exists(place) && Files.exists(STANDARD_INPUT) && Files.isSameFile(STANDARD_INPUT, place)) {
            throw new Failure(
                    ExitCode.USAGE, "'" + place + "' is the input, which would be lost: name another file to write");
        }
    }
}
