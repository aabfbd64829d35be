package io.headwater.cli.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final byte[] FIRST = gzip("first line\n".repeat(50));
    private static final byte[] SECOND = gzip("second\n");

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static long lines(byte[] file) throws IOException {
        return lines(new ByteArrayInputStream(file));
    }

    private static long lines(InputStream file) throws IOException {
        LineReader reader = new LineReader(Compression.uncompressed(file), 1000);
        long count = 0;
        while (reader.next() != null) {
            count++;
        }
        return count;
    }

    @Test
    void a_file_may_have_several_members_and_empty_ones() throws IOException {
        assertThat(lines(join(FIRST, SECOND))).isEqualTo(51);
        assertThat(lines(join(gzip(""), FIRST, gzip(""), gzip(""), SECOND, gzip(""))))
                .isEqualTo(51);
        assertThat(lines(gzip(""))).isZero();
    }

    @Test
    void a_file_is_cut_off_wherever_it_ends_but_behind_a_member() throws IOException {
        byte[] whole = join(FIRST, SECOND);
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length == FIRST.length) {
                assertThat(lines(cut)).isEqualTo(50);
            } else {
                assertThatThrownBy(() -> lines(cut))
                        .as("cut at " + length)
                        .isInstanceOf(BrokenInput.class)
                        .hasMessageContaining("is incomplete in line " + (length < FIRST.length ? "" : "5"))
                        .hasMessageContaining("ends too early");
            }
        }
    }

    @Test
    void what_follows_a_member_and_is_none_breaks_the_file() {
        for (String garbage : new String[] {"\0", "x", "\0\0\0\0\0\0\0\0", "{\"stream\":1}\n", "\u001f, and more"}) {
            assertThatThrownBy(() -> lines(join(SECOND, garbage.getBytes(UTF_8))))
                    .isInstanceOf(BrokenInput.class)
                    .hasMessage("input is incomplete in line 2: the compressed data is damaged: "
                            + "data that is not gzip follows its end");
        }
    }

    @Test
    void a_wrong_byte_is_found_wherever_it_matters() {
        byte[] whole = join(SECOND, SECOND);
        int header = 10;
        for (int i = 0; i < SECOND.length; i++) {
            boolean ignored = i >= 4 && i < header;
            byte[] damaged = whole.clone();
            damaged[SECOND.length + i] ^= (byte) 0xFF;
            if (!ignored) {
                assertThatThrownBy(() -> lines(damaged)).as("byte " + i).isInstanceOf(BrokenInput.class);
            }
        }
    }

    @Test
    void all_that_a_header_may_hold_is_passed_over() throws IOException {
        byte[] fields = {0x1F, (byte) 0x8B, 8, 0x1F, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 0};
        CRC32 crc = new CRC32();
        crc.update(fields);
        byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] data = Arrays.copyOfRange(SECOND, 10, SECOND.length);
        assertThat(lines(join(FIRST, fields, checksum, data))).isEqualTo(51);
        checksum[0]++;
        assertThatThrownBy(() -> lines(join(FIRST, fields, checksum, data)))
                .hasMessageContaining("its header has a wrong checksum");
    }

    @Test
    void a_pipe_may_hand_over_single_bytes_and_have_nothing_available() throws IOException {
        InputStream slow = new ByteArrayInputStream(join(FIRST, SECOND)) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                return super.read(bytes, from, Math.min(1, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        assertThat(lines(slow)).isEqualTo(51);
    }
}
