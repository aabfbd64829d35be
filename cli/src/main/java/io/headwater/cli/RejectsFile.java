package io.headwater.cli;

import io.headwater.cli.ndjson.StrictJson;
import io.headwater.migration.BadLine;
import io.headwater.migration.Rejects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes bad lines to a file, which is replaced when the first bad line is written. */
final class RejectsFile implements Rejects, AutoCloseable {

    /** A bad line could not be written, so the import must not continue without it. */
    static final class NotKept extends IOException {
        private static final long serialVersionUID = 1L;

        private final long line;

        NotKept(Path file, BadLine bad, IOException cause) {
            super(
                    "line %s is bad (%s), and the rejects file '%s' cannot be written: %s"
                            .formatted(bad.line().number(), bad.reason(), file, SystemProblem.of(cause)),
                    cause);
            this.line = bad.line().number();
        }

        long line() {
            return line;
        }
    }

    private final Path file;
    private @Nullable OutputStream out;

    RejectsFile(Path file) {
        this.file = file;
    }

    @Override
    public boolean stopImport() {
        return false;
    }

    @Override
    public void reject(BadLine bad) throws IOException {
        try {
            out().write(bytes(bad));
        } catch (IOException e) {
            throw new NotKept(file, bad, e);
        }
    }

    private static byte[] bytes(BadLine bad) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictJson.generator(line)) {
            json.writeStartObject();
            json.writeNumberProperty("line", bad.line().number());
            json.writeStringProperty("reason", bad.reason());
            json.writeStringProperty("text", bad.line().text());
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    private OutputStream out() throws IOException {
        OutputStream open = out;
        if (open == null) {
            open = Files.newOutputStream(file);
            out = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
