package io.headwater.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Recognises SQLite's files by content and by name. MUST only be used before the process opens a store: when a process
 * closes a file, the system drops every lock that the process has on it, including those of SQLite.
 */
final class DatabaseFiles {
    /** The first bytes of every database. */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** The suffixes that SQLite appends to a database's name for the files beside it. */
    private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");

    private DatabaseFiles() {}

    /** Whether this file is a database. A file that cannot be read counts as none. */
    static boolean isDatabase(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(HEADER.length), HEADER);
        }
    }

    /** Whether this file belongs to a database that exists. */
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
