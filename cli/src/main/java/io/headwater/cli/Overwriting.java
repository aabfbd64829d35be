package io.headwater.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Keeps what nobody means to lose from being replaced by an output. */
final class Overwriting {
    /** How every SQLite database begins: the store that is read or written now may be one. */
    private static final byte[] DATABASE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

    private Overwriting() {}

    /** Refuses a file that holds a store or is being read. Devices and pipes keep nothing that could be lost. */
    static void refuse(Path place) throws IOException {
        if (!Files.isRegularFile(place)) {
            return;
        }
        if (isDatabase(place)) {
            throw new Failure(
                    ExitCode.USAGE, "'" + place + "' is a database, which would be lost: name another file to write");
        }
        if (Files.exists(STANDARD_INPUT) && Files.isSameFile(STANDARD_INPUT, place)) {
            throw new Failure(
                    ExitCode.USAGE, "'" + place + "' is the input, which would be lost: name another file to write");
        }
    }

    private static boolean isDatabase(Path place) throws IOException {
        // One that may be written but not read is replaced as before.
        if (!Files.isReadable(place)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(place)) {
            return Arrays.equals(in.readNBytes(DATABASE.length), DATABASE);
        }
    }
}
