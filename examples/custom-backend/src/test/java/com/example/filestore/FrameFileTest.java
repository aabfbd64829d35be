package com.example.filestore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwater.BackendFailure;
import io.headwater.IncompatibleStore;
import io.headwater.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the TCK cannot do to a file: truncate it, damage it, and replace its content. */
class FrameFileTest {
    @TempDir
    Path directory;

    private Path path;
    private byte[] whole;

    /** A file with the frames "one" and "two". */
    @BeforeEach
    void write() throws IOException {
        path = directory.resolve("events");
        try (FrameFile file = FrameFile.open(path, (offset, body) -> {})) {
            file.append("one".getBytes());
            file.append("two".getBytes());
        }
        whole = Files.readAllBytes(path);
    }

    private List<String> frames(byte[] contents) throws IOException {
        Files.write(path, contents);
        List<String> frames = new ArrayList<>();
        FrameFile.open(path, (offset, body) -> frames.add(new String(body))).close();
        return frames;
    }

    @Test
    void whatACrashCutShortIsGoneAndAllBeforeItIsThere() throws IOException {
        int end = whole.length - 15;
        for (int length = end; length < whole.length; length++) {
            assertEquals(List.of("one"), frames(Arrays.copyOf(whole, length)));
        }
        assertEquals(List.of("one", "two"), frames(whole));
    }

    @Test
    void theNextAppendReplacesWhatACrashCutShort() throws IOException {
        for (int length = whole.length - 15; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertEquals(List.of("one"), frames(torn));
            assertArrayEquals(torn, Files.readAllBytes(path), "opening it changes nothing");
            try (FrameFile file = FrameFile.open(path, (offset, body) -> {})) {
                file.append("3".getBytes());
            }
            assertEquals(List.of("one", "3"), frames(Files.readAllBytes(path)));
        }
    }

    @Test
    void aLastFrameWhoseBodyDidNotArriveIsCutOff() throws IOException {
        byte[] torn = whole.clone();
        torn[torn.length - 1] = 0;
        assertEquals(List.of("one"), frames(torn));
    }

    @Test
    void damageBeforeTheEndIsRefusedAndLeftAsItIs() throws IOException {
        for (int at = whole.length - 30; at < whole.length - 15; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            BackendFailure refusal = assertThrows(BackendFailure.class, () -> frames(damaged));
            assertTrue(refusal.getMessage().contains("damaged at byte " + (whole.length - 30)), refusal.getMessage());
            assertArrayEquals(damaged, Files.readAllBytes(path));
        }
    }

    @Test
    void somethingElseIsRefusedAndLeftAsItIs() throws IOException {
        for (String other : List.of("a letter to my mother", "filestore 2 " + "x".repeat(100))) {
            assertThrows(IncompatibleStore.class, () -> frames(other.getBytes()));
            assertEquals(other, Files.readString(path));
        }
    }

    @Test
    void aFirstLineThatACrashCutShortIsWrittenAgain() throws IOException {
        assertEquals(List.of(), frames(Arrays.copyOf(whole, 20)));
        assertEquals(49, Files.size(path));
    }

    @Test
    void aFileIsOpenOnce() throws IOException {
        try (FrameFile open = FrameFile.open(path, (offset, body) -> {})) {
            assertThrows(StoreUnavailable.class, () -> frames(whole));
            assertEquals(36, open.storeId().length());
        }
    }
}
