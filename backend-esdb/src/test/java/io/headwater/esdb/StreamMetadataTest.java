package io.headwater.esdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.headwater.esdb.StreamNote.Emptied;
import io.headwater.spi.Positions;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamMetadataTest {
    private static StreamMetadata read(String text) {
        return StreamMetadata.read(record(text, "application/json"));
    }

    private static EventMessage record(String text, String contentType) {
        return new EventMessage(ReadEvent.RecordedEvent.newBuilder()
                .setStreamRevision(4)
                .putMetadata("content-type", contentType)
                .setData(ByteString.copyFromUtf8(text))
                .build());
    }

    private static String text(StreamMetadata metadata) {
        return new String(metadata.bytes(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"$tb\":2}                            | 2",
                "{\"$tb\":2} x                          | 2",
                "{\"$tb\":2,\"$tb\":3}                  | 3",
                "{\"a\":{\"b\":[1,2]},\"$tb\":2,\"z\":null} | 2",
                "{\"$tb\":0}                            | 0",
                "{\"$tb\":-1}                           | 0",
                "{\"$tb\":\"2\"}                        | 0",
                "{\"$tb\":2.0}                          | 0",
                "{\"$tb\":null}                         | 0",
                "{\"$TB\":2}                            | 0",
                "[{\"$tb\":2}]                          | 0",
                "{\"$tb\":2                             | 0",
                "{\"$tb\":2,\"$maxCount\":\"2\"}        | 0",
                "{\"$tb\":2,\"$maxAge\":922337203686}   | 0",
                "{\"$tb\":2,\"$cacheControl\":null}     | 0",
                "{\"$tb\":2,\"$tmp\":1}                 | 0",
                "{\"$tb\":2,\"$acl\":5}                 | 0",
                "{\"$tb\":2,\"$acl\":{\"$r\":[1]}}      | 0",
                "{\"$tb\":2,\"$acl\":{\"x\":\"y\"}}     | 0",
                "{\"$tb\":2,\"$acl\":{\"$r\":[\"a\",\"b\\\"]\"],\"$w\":\"c\",\"$d\":[]},\"$tmp\":false,\"$maxAge\":5}"
                        + " | 2",
            })
    void the_first_readable_revision_is_understood_as_the_server_does(String json, long expected) {
        assertThat(read(json).truncateBefore().orElse(0)).isEqualTo(expected);
    }

    @Test
    void what_another_tool_put_there_stays_byte_for_byte() {
        String theirs = "{ \"$acl\" : {\"$r\":\"all\"},\"x\":1e3,\"$tb\":1 , \"y\":\"\\u00e4\" }";
        StreamMetadata changed = read(theirs).withTruncateBefore(5).with(new StreamNote(List.of(), "@1"));
        assertThat(text(changed))
                .isEqualTo("{ \"$acl\" : {\"$r\":\"all\"},\"x\":1e3,\"$tb\":5 , \"y\":\"\\u00e4\" ,\"headwater\":"
                        + "{\"emptied\":[],\"recent\":\"@1\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "{broken", "{\"$maxCount\":\"2\"}", "{\"$acl\":[]}"})
    void text_without_effect_is_replaced(String json) {
        assertThat(text(read(json).withTruncateBefore(5))).isEqualTo("{\"$tb\":5}");
    }

    @Test
    void a_record_that_is_not_called_json_has_no_effect() {
        StreamMetadata metadata = StreamMetadata.read(record("{\"$tb\":2}", "application/octet-stream"));
        assertThat(metadata.truncateBefore()).isEmpty();
        assertThat(metadata.revision()).isEqualTo(4);
    }

    @Test
    void the_delete_of_another_tool_is_known() {
        assertThat(read("{\"$tb\":9223372036854775807}").isDeleted()).isTrue();
        assertThat(read("{\"$tb\":5}").isDeleted()).isFalse();
    }

    @Test
    void a_note_comes_back() {
        StreamNote note = new StreamNote(
                List.of(new Emptied(3, Positions.of(1000)), new Emptied(Long.MAX_VALUE - 1, Positions.of(2000))),
                "AAECAwQF17,-_8BAgMEBQ0*3");
        StreamMetadata metadata = StreamMetadata.NONE.withTruncateBefore(3).with(note);
        assertThat(read(text(metadata)).note()).isEqualTo(note);
        assertThat(read(text(metadata).replace("],[", " ] ,\n [ ")).note()).isEqualTo(note);
        assertThat(read(text(metadata)).with(StreamNote.NONE).note()).isEqualTo(StreamNote.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"headwater\":5}",
                "{\"headwater\":{\"emptied\":[[1]],\"recent\":\"\"}}",
                "{\"headwater\":{\"emptied\":[[1,9999999999999999999]],\"recent\":\"\"}}",
                "{\"headwater\":{\"emptied\":[],\"recent\":\"a b c!\"}}"
            })
    void a_member_of_another_tool_is_no_note(String json) {
        assertThat(read(json).note()).isEqualTo(StreamNote.NONE);
    }

    @Test
    void the_oldest_lives_are_forgotten() {
        StreamNote note = StreamNote.NONE;
        for (int life = 1; life <= StreamNote.MAX_EMPTIED + 2; life++) {
            note = note.emptiedAt(new Emptied(life, Positions.of(life)), "@1");
            note = note.emptiedAt(new Emptied(life, Positions.of(life)), "@1");
        }
        assertThat(note.emptied()).hasSize(StreamNote.MAX_EMPTIED).startsWith(new Emptied(3, Positions.of(3)));
        assertThat(StreamNote.parse(note.json())).isEqualTo(note);
    }
}
