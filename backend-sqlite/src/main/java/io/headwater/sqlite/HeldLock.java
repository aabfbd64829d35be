package io.headwater.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A POSIX lock that this process holds on a file, as Linux shows it in {@code /proc/self/fdinfo} (proc_pid_fdinfo(5)). A
 * process loses all its locks on a file when it closes any descriptor of it, and nothing else tells it so. Opens no file
 * except in {@code /proc}. Thread-safe.
 */
final class HeldLock implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path DETAILS = Path.of("/proc/self/fdinfo");
    private static final int MAX_BYTES = 8192;

    /** Not a channel, which an interrupt would close. */
    private final RandomAccessFile details;

    private final long at;
    private final byte[] text = new byte[MAX_BYTES];

    /** What the system showed when the lock was last found there. Usually it shows the same again. */
    private byte[] lastShown = {};

    private HeldLock(RandomAccessFile details, long at) {
        this.details = details;
        this.at = at;
    }

    /** The lock that covers this byte of a file; empty if there is none, or the system does not show it. */
    static Optional<HeldLock> find(Path file, long at) {
        for (Path descriptor : descriptors(file)) {
            Optional<HeldLock> lock = of(descriptor, at);
            if (lock.isPresent()) {
                return lock;
            }
        }
        return Optional.empty();
    }

    /** Whether the system shows that this process has this file open. */
    static boolean isOpen(Path file) {
        return !descriptors(file).isEmpty();
    }

    /** Whether the system shows locks on files of this folder. Creates a file there, and removes it. */
    static boolean areShownIn(Path folder) {
        Path probe = folder.resolve(".headwater-" + UUID.randomUUID() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                        probe,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
                FileLock lock = channel.tryLock(0, 1, false)) {
            Optional<HeldLock> shown = lock == null ? Optional.empty() : find(probe, 0);
            shown.ifPresent(HeldLock::close);
            return shown.isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** The descriptors of this process that are open on this file. */
    private static List<Path> descriptors(Path file) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : all) {
                if (leadsTo(descriptor, file)) {
                    found.add(descriptor);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }

    /** Another thread may have closed the descriptor that was listed. */
    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<HeldLock> of(Path descriptor, long at) {
        try {
            Path details = DETAILS.resolve(descriptor.getFileName());
            HeldLock lock = new HeldLock(new RandomAccessFile(details.toFile(), "r"), at);
            if (lock.isHeld()) {
                return Optional.of(lock);
            }
            lock.close();
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether the lock is still held. Once it is not, it never is again. */
    synchronized boolean isHeld() {
        try {
            details.seek(0);
            int length = Math.max(details.read(text), 0);
            boolean asBefore = length > 0 && Arrays.equals(text, 0, length, lastShown, 0, lastShown.length);
            return asBefore || isShown(length);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isShown(int length) {
        String shown = new String(text, 0, length, StandardCharsets.US_ASCII);
        boolean held = shown.lines().anyMatch(line -> line.startsWith("lock:") && covers(line));
        lastShown = held ? Arrays.copyOf(text, length) : new byte[0];
        return held;
    }

    /** A line ends with the first and the last byte that are locked. Adjacent locks are shown as one. */
    private boolean covers(String line) {
        String[] words = line.trim().split("\\s+", -1);
        String last = words[words.length - 1];
        return Long.parseLong(words[words.length - 2]) <= at && (last.equals("EOF") || at <= Long.parseLong(last));
    }

    @Override
    public void close() {
        try {
            details.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
