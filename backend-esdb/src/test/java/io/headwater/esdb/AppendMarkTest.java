package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppendMarkTest {
    private static final String RING = "AAECAwQF17,-_8BAgMEBQ0*3";

    @Test
    void an_event_that_stands_alone_has_no_text() {
        assertThat(AppendMark.NONE.text()).isEmpty();
        assertThat(AppendMark.parse("")).contains(AppendMark.NONE);
    }

    @Test
    void a_mark_comes_back_from_its_text() {
        for (String memory : new String[] {"", "@00000000000000a7", RING}) {
            for (AppendMark mark : new AppendMark[] {
                new AppendMark(1, 1, memory), new AppendMark(1, 2, memory), new AppendMark(1000, 1000, memory)
            }) {
                assertThat(AppendMark.parse(mark.text())).contains(mark);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,3,true,false", "2,3,false,false", "3,3,false,true", "1,1,true,true"})
    void the_ends_of_an_append_are_known(int place, int count, boolean begins, boolean ends) {
        AppendMark mark = new AppendMark(place, count, "");
        assertThat(mark.begins()).isEqualTo(begins);
        assertThat(mark.ends()).isEqualTo(ends);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello there",
                "0/2",
                "3/2",
                "1/1",
                "1/2 ",
                "1/2  x",
                " ",
                "1/2x",
                "1/9999999999",
                "a/b",
                "1/",
                "é"
            })
    void the_text_of_another_tool_is_no_mark(String text) {
        assertThat(AppendMark.parse(text)).isEmpty();
    }
}
