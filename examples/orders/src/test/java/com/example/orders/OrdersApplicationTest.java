package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersApplicationTest {
    @TempDir
    Path folder;

    @Test
    void printsWhatItsPageShows() throws IOException {
        String expected = Files.readString(Path.of("output.txt"));
        String url = "sqlite:" + folder.resolve("orders.db");
        assertEquals(expected, output(url));
        assertEquals(expected, output(url), "a second run, on the same file");
    }

    private static String output(String url) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            OrdersApplication.main(new String[] {url});
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
