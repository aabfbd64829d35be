package io.headwater.cli;

import io.headwater.cli.ndjson.ByteSource;
import io.headwater.cli.ndjson.Compression;
import io.headwater.cli.ndjson.ReadAhead;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file, a pipe or standard input, and how much of it was read. */
final class InputFile implements AutoCloseable {
    private final String name;
    private final PipeInput stream;
    private final long size;
    private final ReadAhead ahead;

    private InputFile(String name, PipeInput stream, long size) {
        this.name = name;
        this.stream = stream;
        this.size = size;
        this.ahead = new ReadAhead(() -> Compression.uncompressed(stream));
    }

    static InputFile open(String file, Shell shell) throws IOException {
        if (!StandardStreams.isInput(file)) {
            Path path = Path.of(file);
            return new InputFile(
                    "'" + file + "'",
                    new PipeInput(new FileInputStream(path.toFile())),
                    Files.isRegularFile(path) ? Files.size(path) : ProgressTask.UNKNOWN);
        }
        if (shell.terminals().in()) {
            shell.note("reading from the terminal; Ctrl-D on a line of its own ends it");
        }
        return new InputFile("standard input", new PipeInput(shell.in()), ProgressTask.UNKNOWN);
    }

    /** What is in it, uncompressed. */
    ByteSource bytes() {
        return ahead;
    }

    /** Ends it behind what was read so far. */
    void stop() {
        ahead.stop();
    }

    /** Whether it ended because of {@link #stop}, and not by itself. */
    boolean isStopped() {
        return ahead.isStopped();
    }

    long size() {
        return size;
    }

    /** Bytes read so far, compressed ones where it is compressed. */
    long read() {
        return stream.count();
    }

    /** As it stands in a message. */
    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() throws IOException {
        ahead.close();
        stream.close();
    }
}
