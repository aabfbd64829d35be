package io.headwater.cli.ndjson;

import io.headwater.migration.BadLine;
import io.headwater.migration.DerivedIds;
import io.headwater.migration.EventLine;
import io.headwater.migration.EventLines;
import io.headwater.migration.InputLine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The events of an input of JSON lines. */
public final class EventLineReader implements EventLines {
    private final LineReader lines;
    private final EventLineParser parser;

    /** Derives the ids of lines that have none. */
    public EventLineReader(LineReader lines, DerivedIds ids) {
        this.lines = lines;
        this.parser = new EventLineParser(ids);
    }

    @Override
    public @Nullable EventLine next() throws BadLine, IOException {
        InputLine line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        return line == null ? null : parser.parse(line);
    }

    @Override
    public boolean pauses() throws IOException {
        return lines.pauses();
    }
}
