package io.headwater.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Symbolic links, which keep their target when a file is written through them. */
final class Links {
    /** The number that Linux follows. */
    private static final int MOST = 40;

    private Links() {}

    /** The file that a write to this path changes, whether or not it exists. */
    static Path target(Path named) throws IOException {
        Path place = named;
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST) {
                throw new FileSystemException(named.toString(), null, "too many levels of symbolic links");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        return place;
    }
}
