package io.headwater.cli;

import io.headwater.cli.load.Rejects;
import io.headwater.cli.ndjson.BadLine;
import io.headwater.cli.ndjson.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Keeps bad lines in a file, which is begun anew with the first of them. */
final class RejectsFile implements Rejects, AutoCloseable {
    private final Path file;
    private @Nullable OutputStream out;

    /** Made when the store is open: if the file is to be the store's own, it is there by now. */
    RejectsFile(Path file) throws IOException {
        Overwriting.refuse(file);
        this.file = file;
    }

    @Override
    public boolean stopImport() {
        return false;
    }

    @Override
    public void reject(BadLine bad) throws IOException {
        OutputStream target = out();
        try (JsonGenerator json = Json.generator(target)) {
            json.writeStartObject();
            json.writeNumberProperty("line", bad.line().number());
            json.writeStringProperty("reason", bad.reason());
            json.writeStringProperty("text", bad.line().text());
            json.writeEndObject();
        }
        target.write('\n');
    }

    private OutputStream out() throws IOException {
        if (out == null) {
            out = Files.newOutputStream(file);
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
