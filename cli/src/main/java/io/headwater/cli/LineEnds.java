package io.headwater.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether standard output is a file that ends within a line, because the process that wrote it was killed or the disk
 * was full. Known only if the system shows which file standard output is, and this user may read it.
 */
final class LineEnds {
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");

    private LineEnds() {}

    static boolean outputEndsWithinLine() {
        return Files.isRegularFile(OUTPUT) && endsWithinLine(OUTPUT);
    }

    static boolean endsWithinLine(Path path) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() == 0) {
                return false;
            }
            file.seek(file.length() - 1);
            return file.read() != '\n';
        } catch (IOException e) {
            return false;
        }
    }
}
