package io.headwater.cli.ndjson;

import io.headwater.InvalidRequest;
import io.headwater.migration.BadLine;
import io.headwater.migration.DerivedIds;
import io.headwater.migration.EventLine;
import io.headwater.migration.InputLine;
import io.headwater.migration.json.JsonScanner;
import io.headwater.migration.json.JsonSyntax;
import io.headwater.migration.json.JsonToken;
import java.util.Locale;

/**
 * Parses a line as an event, or reports precisely why it is not one. Data keep the bytes that they have on the line.
 */
public final class EventLineParser {
    private final DerivedIds ids;

    /** Derives the ids of lines that have none. */
    public EventLineParser(DerivedIds ids) {
        this.ids = ids;
    }

    /** The event of this line, which follows the lines before. Throws {@link BadLine} if the line is not an event. */
    public EventLine parse(InputLine line) throws BadLine {
        refuseUnreadable(line);
        try {
            EventLine event = event(line, new JsonScanner(line.bytes(), StrictJson.MAX_DEPTH));
            if (event.idDerived()) {
                ids.taken();
            }
            return event;
        } catch (Refusal | InvalidRequest e) {
            throw new BadLine(line, String.valueOf(e.getMessage()));
        } catch (JsonSyntax e) {
            throw new BadLine(line, e.reason());
        }
    }

    private static void refuseUnreadable(InputLine line) throws BadLine {
        if (line.isTooLong()) {
            throw new BadLine(
                    line,
                    String.format(
                            Locale.ROOT,
                            "the line has %,d bytes, over the limit of %,d: keep large contents elsewhere and refer to"
                                    + " them",
                            line.length(),
                            line.bytes().length));
        }
        for (int i = 0; i < line.bytes().length; i++) {
            if (line.bytes()[i] == 0) {
                throw new BadLine(line, "NUL at byte " + (i + 1) + ": the file is damaged, or not UTF-8");
            }
        }
        if (!Utf8Validation.isWellFormed(line.bytes())) {
            throw new BadLine(line, "not UTF-8: convert the file, for example with iconv");
        }
    }

    private EventLine event(InputLine line, JsonScanner json) throws Refusal, JsonSyntax {
        if (json.next() != JsonToken.OBJECT) {
            throw new Refusal(
                    "a JSON object is expected, as in {\"stream\":\"order-1\",\"type\":\"OrderPlaced\",\"data\":{}}");
        }
        EventFields fields = new EventFields(line);
        while (json.next() != JsonToken.END_OF_OBJECT) {
            fields.read(json.string(), json);
        }
        if (!json.isAtEnd()) {
            throw new Refusal("the line continues after the end of the object: one event per line");
        }
        return fields.toEventLine(ids);
    }
}
