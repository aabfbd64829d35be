package io.headwater.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Symbolic links, which keep pointing where they do when something is written to them. */
final class Links {
    /** As many as Linux follows. */
    private static final int MOST = 40;

    private Links() {}

    /** The file that is written when this one is, whether it is there yet or not. */
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
