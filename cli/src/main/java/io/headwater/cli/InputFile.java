package io.headwater.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file, or standard input, and how much of it was read. */
final class InputFile implements AutoCloseable {
    private final String name;
    private final Counting stream;
    private final long size;

    private InputFile(String name, InputStream stream, long size) {
        this.name = name;
        this.stream = new Counting(stream);
        this.size = size;
    }

    static InputFile open(String file, Shell shell) throws IOException {
        if (!file.equals("-")) {
            Path path = Path.of(file);
            return new InputFile(
                    "'" + file + "'",
                    Files.newInputStream(path),
                    Files.isRegularFile(path) ? Files.size(path) : ProgressTask.UNKNOWN);
        }
        if (shell.terminals().in()) {
            shell.note("reading from the terminal; Ctrl-D on a line of its own ends it");
        }
        return new InputFile("standard input", shell.in(), ProgressTask.UNKNOWN);
    }

    InputStream stream() {
        return stream;
    }

    long size() {
        return size;
    }

    /** Bytes read so far, compressed ones where it is compressed. */
    long read() {
        return stream.count;
    }

    /** As it stands in a message. */
    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
