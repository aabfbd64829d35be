package io.headwater.cli.ndjson;

import java.util.UUID;
import java.util.regex.Pattern;

/** Event ids as text. Stricter than {@link UUID#fromString}, which also accepts {@code 1-2-3-4-5}. */
public final class EventIds {
    private static final Pattern CANONICAL = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final UUID NIL = new UUID(0, 0);

    private EventIds() {}

    static UUID parse(String text) throws Refusal {
        if (!isCanonical(text)) {
            throw new Refusal(
                    "field 'id' is '" + text + "': a UUID is expected, as in 123e4567-e89b-12d3-a456-426614174000");
        }
        UUID id = UUID.fromString(text);
        if (id.equals(NIL)) {
            throw new Refusal("field 'id' is '" + text
                    + "', which stands for none: give the event an id of its own, or leave the field out");
        }
        return id;
    }

    /** Whether {@link UUID#fromString} reads this text as intended. */
    public static boolean isCanonical(String text) {
        return CANONICAL.matcher(text).matches();
    }
}
