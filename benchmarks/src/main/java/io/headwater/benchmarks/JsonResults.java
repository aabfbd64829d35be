package io.headwater.benchmarks;

import java.nio.file.Path;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The results for programs: the lines of the tables, and every single measurement. */
final class JsonResults {
    private final JsonGenerator json;

    private JsonResults(JsonGenerator json) {
        this.json = json;
    }

    static void write(Report report, Path file) {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), file, JsonEncoding.UTF8)) {
            new JsonResults(json).write(report);
        }
    }

    private void write(Report report) {
        json.writeStartObject();
        json.writeObjectPropertyStart("environment");
        report.environment().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeArrayPropertyStart("rows");
        report.sections().forEach(section -> section.rows().forEach(row -> write(section.backend(), row)));
        json.writeEndArray();
        json.writeArrayPropertyStart("figures");
        report.sections().forEach(section -> section.figures().forEach(figure -> write(section.backend(), figure)));
        json.writeEndArray();
        json.writeArrayPropertyStart("contests");
        report.contests().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(String backend, Row row) {
        json.writeStartObject();
        json.writeStringProperty("backend", backend);
        json.writeStringProperty("what", row.what());
        json.writeStringProperty("unit", "events/s");
        write("headwater", row.figure());
        json.writeStringProperty("rawSide", row.baseline());
        write("raw", row.baselineFigure());
        write("ratio", row.ratio());
        write(row.goal(), row.ratio());
        json.writeEndObject();
    }

    private void write(String backend, Figure figure) {
        json.writeStartObject();
        json.writeStringProperty("backend", backend);
        json.writeStringProperty("what", figure.what());
        json.writeStringProperty("unit", figure.unit());
        write("headwater", figure.samples());
        write(figure.goal(), figure.samples());
        json.writeEndObject();
    }

    private void write(Goal goal, Samples reached) {
        if (goal.isSet()) {
            json.writeStringProperty("goalIs", goal.kind().name());
            json.writeNumberProperty("goal", goal.bound());
            json.writeBooleanProperty("met", goal.isMet(reached));
        }
    }

    private void write(Comparison comparison) {
        json.writeStartObject();
        json.writeStringProperty("title", comparison.title());
        json.writeObjectPropertyStart("eventsPerSecond");
        comparison.results().forEach(this::write);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(String name, Samples samples) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("median", samples.median());
        json.writeNumberProperty("min", samples.min());
        json.writeNumberProperty("max", samples.max());
        json.writeName("samples");
        double[] values =
                samples.values().stream().mapToDouble(Double::doubleValue).toArray();
        json.writeArray(values, 0, values.length);
        json.writeEndObject();
    }
}
