package io.headwater.esdb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What the symbols of a transcript stand for in this run. */
final class Symbols {
    private static final Pattern SYMBOL = Pattern.compile("[UPLT]\\d+|PORT|PORT-OF-(LEADER|NEW-LEADER|OTHER-FOLLOWER)");
    private static final Pattern ANYTHING = Pattern.compile("TIME|PORT-OF-DEAD-NODE|without payload");
    private static final Pattern INSIDE = Pattern.compile("\"[UPLV]\\d*\"");
    private static final String PREFIX = "played.";
    private static final String ID = "id:";

    private final String user;
    private final Map<String, Object> values = new HashMap<>();

    Symbols(String user) {
        this.user = user;
    }

    String text(String recorded) {
        return recorded.replace("~", PREFIX).replace("USER", user);
    }

    UUID id(String label) {
        return UUID.nameUUIDFromBytes(label.getBytes(StandardCharsets.UTF_8));
    }

    long number(Object recorded) {
        if (recorded instanceof Long number) {
            return number;
        }
        return recorded.equals("MAX") ? -1 : (Long) values.get(recorded);
    }

    /** Fails unless what was answered is what was recorded; a symbol stands for the same value everywhere. */
    void assertSame(Object recorded, Object answered, String where) {
        if (recorded instanceof Map<?, ?> map && answered instanceof Map<?, ?> other) {
            assertThat(other.keySet()).as(where).isEqualTo(map.keySet());
            map.forEach((name, value) -> assertSame(value, other.get(name), where + "." + name));
        } else if (recorded instanceof List<?> list && answered instanceof List<?> other) {
            assertThat(other).as(where).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                assertSame(list.get(i), other.get(i), where + "[" + i + "]");
            }
        } else if (recorded instanceof String text) {
            assertSameText(text, answered, where);
        } else {
            assertThat(String.valueOf(answered)).as(where).isEqualTo(String.valueOf(recorded));
        }
    }

    private void assertSameText(String recorded, Object answered, String where) {
        if (ANYTHING.matcher(recorded).matches()) {
            return;
        }
        if (SYMBOL.matcher(recorded).matches()) {
            assertThat(answered)
                    .as(where + " is " + recorded)
                    .isEqualTo(values.computeIfAbsent(recorded, s -> answered));
        } else if (recorded.startsWith(ID)) {
            assertThat(answered).as(where).isEqualTo(id(recorded).toString());
        } else if (recorded.equals("zero")) {
            assertThat(answered).as(where).isEqualTo(Ids.NIL.toString());
        } else if (recorded.equals("MAX")) {
            assertThat(answered).as(where).isEqualTo(-1L);
        } else if (!INSIDE.matcher(recorded).find()) {
            assertThat(String.valueOf(answered)).as(where).isEqualTo(text(recorded));
        }
    }
}
