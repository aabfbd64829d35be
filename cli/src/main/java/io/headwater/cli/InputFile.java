package io.headwater.cli;

import io.headwater.cli.ndjson.BackgroundReader;
import io.headwater.cli.ndjson.ByteSource;
import io.headwater.cli.ndjson.Compression;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file, a pipe or standard input, with the number of bytes that were read. */
final class InputFile implements AutoCloseable {
    private final String name;
    private final PipeInput stream;
    private final long size;
    private final BackgroundReader ahead;

    private InputFile(String name, PipeInput stream, long size) {
        this.name = name;
        this.stream = stream;
        this.size = size;
        this.ahead = new BackgroundReader(() -> Compression.uncompressed(stream));
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

    /** The content, uncompressed. */
    ByteSource bytes() {
        return ahead;
    }

    /** Ends the input after the bytes that were read so far. */
    void stop() {
        ahead.stop();
    }

    /** Whether the input ended because of {@link #stop}, and not at its own end. */
    boolean isStopped() {
        return ahead.isStopped();
    }

    long size() {
        return size;
    }

    /** The number of bytes read so far, before decompression. */
    long read() {
        return stream.count();
    }

    /** The form for use in a message. */
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
