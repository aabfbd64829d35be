package io.headwater.cli.plan;

import io.headwater.cli.json.JsonFields;
import io.headwater.cli.ndjson.StrictJson;
import io.headwater.migration.plan.Loss;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * What describes a migration. Has no secrets.
 *
 * @param name the name of the migration
 * @param from the URL of the source
 * @param to the URL of the target
 * @param accepted the losses that may occur
 */
public record PlanFile(String name, String from, String to, Set<Loss> accepted) {
    private static final String FORMAT = "headwater-migration/1";
    private static final int MAX_BYTES = 1 << 20;

    public PlanFile {
        accepted = Set.copyOf(accepted);
    }

    /**
     * Reads a file.
     *
     * @throws BadPlan if it is not a plan
     */
    public static PlanFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new BadPlan("'" + file + "' is not a plan: it is larger than 1 MiB");
            }
            return new Reading().plan(bytes, file);
        }
    }

    /** The text of the file. */
    public byte[] text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictJson.generator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("format", FORMAT);
            json.writeStringProperty("name", name);
            json.writeStringProperty("from", from);
            json.writeStringProperty("to", to);
            json.writeArrayPropertyStart("accept");
            accepted.stream().sorted().forEach(loss -> json.writeString(loss.name()));
            json.writeEndArray();
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** The fields, as they are read. */
    private static final class Reading {
        private final Set<Loss> accepted = EnumSet.noneOf(Loss.class);
        private String format = "";
        private String name = "";
        private String from = "";
        private String to = "";

        PlanFile plan(byte[] bytes, Path file) {
            try (JsonFields json = JsonFields.of(bytes)) {
                json.object(this::field);
                json.end();
                check(json);
                return new PlanFile(name, from, to, accepted);
            } catch (JsonFields.Wrong wrong) {
                throw new BadPlan("'%s' is not a plan: %s".formatted(file, wrong.getMessage()));
            }
        }

        private void field(String field, JsonFields json) {
            switch (field) {
                case "format" -> format = json.text();
                case "name" -> name = json.text();
                case "from" -> from = json.text();
                case "to" -> to = json.text();
                case "accept" -> json.array(element -> accepted.add(element.constant(Loss.class, element.text())));
                default -> throw json.problem("'" + field + "' is unknown");
            }
        }

        private void check(JsonFields json) {
            if (!format.equals(FORMAT)) {
                throw json.problem("its format is '%s', and this version reads '%s'".formatted(format, FORMAT));
            }
            if (name.isEmpty() || from.isEmpty() || to.isEmpty()) {
                throw json.problem("it needs the fields name, from and to");
            }
        }
    }
}
