package io.headwater.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Recognises SQLite's files by what is in them and by their names. For use before the process opens a store: when a file is
 * closed, the system drops every lock that the process has on it, SQLite's too.
 */
final class DatabaseFiles {
    /** How every database begins. */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** What SQLite adds to the name of a database for the files beside it. */
    private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");

    private DatabaseFiles() {}

    /** Whether there is a database in this file. One that cannot be read counts as none. */
    static boolean isDatabase(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(HEADER.length), HEADER);
        }
    }

    /** Whether SQLite keeps something in this file, or would, for a database that is there. */
    static boolean isBesideDatabase(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        for (String ending : BESIDE) {
            if (name.endsWith(ending)
                    && isDatabase(file.resolveSibling(name.substring(0, name.length() - ending.length())))) {
                return true;
            }
        }
        return false;
    }
}
