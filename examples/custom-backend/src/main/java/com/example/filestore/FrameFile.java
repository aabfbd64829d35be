package com.example.filestore;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.IncompatibleStore;
import io.headwater.StoreUnavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A file that only grows: a first line with the format and the id of the store, then frames. A frame is on the disk
 * before the next is written, so a crash can leave at most one incomplete frame, at the end. For one thread at a time.
 *
 * <p>Uses {@link RandomAccessFile}, because a channel is closed when the thread that uses it is interrupted.
 */
final class FrameFile implements AutoCloseable {
    private static final String FORMAT = "filestore 1 ";
    private static final int FIRST_LINE = FORMAT.length() + 37;

    /** The length of the body, the checksum of the length, the checksum of the body. */
    private static final int HEADER = 12;

    private final Path path;
    private final RandomAccessFile file;
    private String storeId = "";
    private long end;
    private boolean usable = true;

    /** Receives the body of a frame, and its place in the file. */
    interface Reader {
        void read(long offset, byte[] body) throws IOException;
    }

    private FrameFile(Path path) throws IOException {
        this.path = path;
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** Opens the file, creates it if it does not exist, and passes every frame to the reader. */
    static FrameFile open(Path path, Reader reader) {
        try {
            FrameFile opened = new FrameFile(path);
            try {
                opened.lock();
                opened.readFirstLine();
                opened.readFrames(reader);
                return opened;
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreUnavailable("cannot open '" + path + "'", e);
        }
    }

    /** Released when the file is closed. */
    private void lock() throws IOException {
        try {
            if (file.getChannel().tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new StoreUnavailable("'" + path + "' is open in this process under another name", e);
        }
        throw new StoreUnavailable("'" + path + "' is open in another process: close it there first", null);
    }

    private void readFirstLine() throws IOException {
        byte[] bytes = new byte[(int) Math.min(file.length(), FIRST_LINE)];
        file.readFully(bytes);
        String line = new String(bytes, StandardCharsets.US_ASCII);
        if (line.length() == FIRST_LINE && line.startsWith(FORMAT)) {
            storeId = line.substring(FORMAT.length()).trim();
            end = FIRST_LINE;
        } else if (FORMAT.startsWith(line) || (line.length() < FIRST_LINE && line.startsWith(FORMAT))) {
            create();
        } else {
            throw new IncompatibleStore("'" + path + "' does not begin with '" + FORMAT.trim() + "'", null);
        }
    }

    /** Also if a crash left the first line incomplete. */
    private void create() throws IOException {
        storeId = UUID.randomUUID().toString();
        file.seek(0);
        file.write((FORMAT + storeId + "\n").getBytes(StandardCharsets.US_ASCII));
        file.getFD().sync();
        end = FIRST_LINE;
        syncDirectory();
    }

    /** A new file survives a loss of power only if its directory is on the disk, too. */
    private void syncDirectory() {
        try (FileChannel directory = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Windows cannot open directories, and does not need this.
            return;
        }
    }

    private void readFrames(Reader reader) throws IOException {
        long size = file.length();
        while (size - end >= HEADER) {
            ByteBuffer header = ByteBuffer.wrap(read(end, HEADER));
            int length = header.getInt(0);
            if (header.getInt(4) != checksum(header.array(), 4)) {
                throw damaged();
            }
            if (size - end - HEADER < length) {
                break;
            }
            byte[] body = read(end + HEADER, length);
            if (header.getInt(8) != checksum(body, length)) {
                if (end + HEADER + length == size) {
                    break;
                }
                throw damaged();
            }
            reader.read(end + HEADER, body);
            end += HEADER + length;
        }
        // Bytes after this are an incomplete frame that a crash left: its append never returned, and the next frame
        // replaces it.
    }

    private BackendFailure damaged() {
        return new BackendFailure("'" + path + "' is damaged at byte " + end + ": restore a backup", null);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    String storeId() {
        return storeId;
    }

    /**
     * Adds a frame and returns the place where its body begins. When it returns, the frame survives a loss of power.
     */
    long append(byte[] body) {
        checkUsable();
        ByteBuffer frame = ByteBuffer.allocate(HEADER + body.length).putInt(body.length);
        frame.putInt(checksum(frame.array(), 4))
                .putInt(checksum(body, body.length))
                .put(body);
        long offset = end + HEADER;
        usable = false;
        try {
            file.setLength(end);
            file.seek(end);
            file.write(frame.array());
            file.getFD().sync();
        } catch (IOException e) {
            throw new AppendOutcomeUnknown("writing to '" + path + "' failed", e);
        }
        usable = true;
        end += frame.capacity();
        return offset;
    }

    byte[] read(long offset, int length) throws IOException {
        checkUsable();
        byte[] bytes = new byte[length];
        file.seek(offset);
        file.readFully(bytes);
        return bytes;
    }

    /** After a failed write, the content of the file is unknown until it is opened again. */
    private void checkUsable() {
        if (!usable) {
            throw new StoreUnavailable("'" + path + "' is closed, or a write failed: open the store again", null);
        }
    }

    @Override
    public void close() throws IOException {
        usable = false;
        file.close();
    }
}
