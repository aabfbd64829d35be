package io.headwater.cli.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.migration.InputLine;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static List<String> lines(String input, int limit) throws BrokenInput {
        LineReader reader = new LineReader(new ByteArrayInputStream(input.getBytes(UTF_8)), limit);
        List<String> lines = new ArrayList<>();
        for (InputLine line = reader.next(); line != null; line = reader.next()) {
            lines.add(line.number() + ":" + line.text() + (line.isTooLong() ? "…" + line.length() : ""));
        }
        return lines;
    }

    @Test
    void lines_end_with_lf_or_cr_lf_or_the_input() throws BrokenInput {
        assertThat(lines("", 10)).isEmpty();
        assertThat(lines("a", 10)).containsExactly("1:a");
        assertThat(lines("a\r\n\nb\n", 10)).containsExactly("1:a", "2:", "3:b");
        assertThat(lines("a\rb\n", 10)).containsExactly("1:a\rb");
    }

    @Test
    void a_line_is_kept_up_to_the_limit_and_counted_beyond() throws BrokenInput {
        assertThat(lines("abc\nabcd\nab", 3)).containsExactly("1:abc", "2:abc…4", "3:ab");
    }

    @Test
    void lines_longer_than_the_buffer_are_whole() throws BrokenInput {
        String longLine = "x".repeat(200_000);
        assertThat(lines(longLine + "\n" + longLine, 300_000))
                .containsExactly("1:" + longLine.substring(0, 16384), "2:" + longLine.substring(0, 16384));
    }

    @Test
    void only_the_first_line_loses_a_byte_order_mark() throws BrokenInput {
        assertThat(lines("\uFEFFa\n\uFEFFb", 10)).containsExactly("1:a", "2:\uFEFFb");
    }

    @Test
    void a_line_that_breaks_off_is_no_line() throws BrokenInput {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws EOFException {
                throw new EOFException();
            }
        };
        LineReader reader =
                new LineReader(new SequenceInputStream(new ByteArrayInputStream("a\nhal".getBytes(UTF_8)), broken), 10);
        assertThat(reader.next()).isNotNull();
        assertThatThrownBy(reader::next).isInstanceOf(BrokenInput.class).hasMessageContaining("in line 2");
    }
}
