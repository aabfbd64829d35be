package io.headwater.cli;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** A file that is complete or does not exist: it is written under a temporary name, and renamed at the end. */
final class TargetFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path place;
    private final Path written;
    private final FileOutputStream file;
    private final OutputStream stream;

    private TargetFile(String name, Path place, Path written, boolean gzip) throws IOException {
        this.place = place;
        this.written = written;
        this.file = new FileOutputStream(written.toFile());
        if (!written.equals(place)) {
            // A signal ends the process without calling {@code close}.
            written.toFile().deleteOnExit();
        }
        this.stream = compressed(new BufferedOutputStream(new PipeOutput(file, "'" + name + "'"), BUFFER), gzip);
    }

    /**
     * Refuses a place where no file can be written, or where data would be lost. Changes nothing, see {@link
     * Overwriting}.
     */
    static void check(String name) throws IOException {
        Path named = Path.of(name).toAbsolutePath();
        if (Files.isDirectory(named)) {
            throw new Failure(ExitCode.USAGE, "'" + name + "' is a folder: name a file in it");
        }
        if (!Files.isDirectory(parent(named))) {
            throw new Failure(ExitCode.USAGE, "folder '" + named.getParent() + "' does not exist: create it first");
        }
        Overwriting.refuse(named);
        if (isReplaceable(named)) {
            Path trial = temporary(Links.target(named));
            Files.createFile(trial);
            Files.delete(trial);
        }
    }

    /** Opens a file that was {@linkplain #check checked}. */
    static TargetFile open(String name, boolean gzip) throws IOException {
        Path named = Path.of(name).toAbsolutePath();
        boolean compressed = gzip || name.endsWith(".gz");
        if (!isReplaceable(named)) {
            return new TargetFile(name, named, named, compressed);
        }
        Path place = Links.target(named);
        return new TargetFile(name, place, temporary(place), compressed);
    }

    /** A device or a pipe is written to directly: a file must not replace it. */
    private static boolean isReplaceable(Path named) {
        return !Files.exists(named) || Files.isRegularFile(named);
    }

    private static Path temporary(Path place) {
        return place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    static OutputStream compressed(OutputStream out, boolean gzip) throws IOException {
        return gzip ? new GZIPOutputStream(out, BUFFER) : out;
    }

    /** Writes the rest of a compressed stream, without closing the stream below it. */
    static void finish(OutputStream stream) throws IOException {
        if (stream instanceof GZIPOutputStream gzip) {
            gzip.finish();
        }
        stream.flush();
    }

    OutputStream stream() {
        return stream;
    }

    /** Renames the file to its final name, after it is on disk. */
    void commit() throws IOException {
        finish(stream);
        if (!written.equals(place)) {
            file.getFD().sync();
            stream.close();
            Files.move(written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes the temporary file, unless {@link #commit()} was called. */
    @Override
    public void close() throws IOException {
        file.close();
        if (!written.equals(place)) {
            Files.deleteIfExists(written);
        }
    }
}
