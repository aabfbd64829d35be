package io.headwater.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The kind of a file, found without opening it. Opening a pipe would block. */
enum FileKind {
    FILE("a file"),
    FOLDER("a folder"),
    PIPE("a named pipe"),
    SOCKET("a socket"),
    CHARACTER_DEVICE("a character device"),
    BLOCK_DEVICE("a block device"),
    OTHER("not a regular file");

    /** The bits of the mode that have the kind (inode(7)). */
    private static final int KIND = 0170000;

    private final String words;

    FileKind(String words) {
        this.words = words;
    }

    static FileKind of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                return FILE;
            }
            return attributes.isDirectory() ? FOLDER : special(path);
        } catch (IOException e) {
            return OTHER;
        }
    }

    private static FileKind special(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return OTHER;
        }
        return switch ((int) Files.getAttribute(path, "unix:mode") & KIND) {
            case 0010000 -> PIPE;
            case 0020000 -> CHARACTER_DEVICE;
            case 0060000 -> BLOCK_DEVICE;
            case 0140000 -> SOCKET;
            default -> OTHER;
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
