package io.headwater.cli;

import io.headwater.RecordedEvent;
import io.headwater.cli.ndjson.EventLineWriter;
import io.headwater.cli.ndjson.StrictJson;
import io.headwater.cli.text.Paint;
import io.headwater.cli.text.Printable;
import io.headwater.cli.text.TextTable;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Standard output, for people or for machines. It is buffered, and is closed or flushed when the command ends. */
final class Output implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final EventLineWriter jsonEvents;
    private final EventText textEvents;
    private final boolean json;
    private final Paint paint;

    Output(Shell shell, boolean json) {
        this.out = new BufferedOutputStream(PipeOutput.standard(shell.out()), BUFFER);
        this.json = json;
        this.paint = shell.coloured() && !json ? Paint.COLOURED : Paint.PLAIN;
        this.jsonEvents = new EventLineWriter(out, true);
        this.textEvents = new EventText(
                paint, shell.terminals().out() && !json ? shell.terminals().width() : 0);
    }

    /** Whether the output is one JSON object per line. */
    boolean json() {
        return json;
    }

    Paint paint() {
        return paint;
    }

    void line(String text) {
        try {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void table(TextTable table) {
        table.lines(paint).forEach(this::line);
    }

    /** Writes an object on a line of its own. */
    void object(Consumer<JsonGenerator> fields) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator generator = StrictJson.generator(line)) {
            generator.writeStartObject();
            fields.accept(generator);
            generator.writeEndObject();
        }
        line(Printable.inJson(line.toString(StandardCharsets.UTF_8)));
    }

    void event(RecordedEvent event) {
        try {
            if (json) {
                jsonEvents.show(event);
            } else {
                line(textEvents.of(event));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For bytes that are not lines of this command. */
    OutputStream stream() {
        return out;
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does not close the stream itself, which belongs to the process. */
    @Override
    public void close() {
        flush();
    }
}
