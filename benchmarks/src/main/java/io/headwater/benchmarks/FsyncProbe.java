package io.headwater.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures how long the disk takes to make 4 KiB durable: the minimum time of a commit. */
final class FsyncProbe {
    private static final int BLOCK = 4096;
    private static final int TIMES = 300;

    private FsyncProbe() {}

    /** Overwrites a file of full size, as a write-ahead log usually does. */
    static String measure(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "fsync-", ".probe");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < TIMES; i++) {
                write(channel, i);
            }
            channel.force(true);
            List<Double> micros = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                long begin = System.nanoTime();
                write(channel, i);
                channel.force(false);
                micros.add((System.nanoTime() - begin) / 1e3);
            }
            return text(new Samples(micros));
        } finally {
            Files.delete(file);
        }
    }

    private static void write(FileChannel channel, int block) throws IOException {
        channel.write(ByteBuffer.allocate(BLOCK), (long) block * BLOCK);
    }

    private static String text(Samples micros) {
        return String.format(Locale.ROOT, "median %.0f µs (%.0f–%.0f)", micros.median(), micros.min(), micros.max());
    }
}
