package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.cli.ndjson.StrictJson;
import io.headwater.cli.plan.PlanFile;
import io.headwater.migration.Migration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * The report of a command on a migration.
 *
 * @param plan what describes the migration
 * @param stores its stores
 */
record MigrationReport(PlanFile plan, MigrationStores stores) {

    /** Writes the whole file. */
    void write(Path file, Consumer<JsonGenerator> result) throws IOException {
        try (TargetFile target = TargetFile.open(file.toString(), false)) {
            try (JsonGenerator json = StrictJson.generator(target.stream())) {
                json.writeStartObject();
                describe(json);
                json.writeObjectPropertyStart("result");
                result.accept(json);
                json.writeEndObject();
                json.writeEndObject();
            }
            target.stream().write('\n');
            target.commit();
        }
    }

    private void describe(JsonGenerator json) {
        json.writeStringProperty("format", "headwater-migration-report/1");
        json.writeStringProperty("headwater", new Version().getVersion()[0]);
        json.writeStringProperty("name", plan.name());
        json.writeStringProperty("plan", described().plan(0, events -> {}).hash());
        store("from", plan.from(), stores.source(), json);
        store("to", plan.to(), stores.target(), json);
        json.writeArrayPropertyStart("accepted");
        plan.accepted().stream().sorted().forEach(loss -> json.writeString(loss.name()));
        json.writeEndArray();
    }

    private Migration described() {
        return plan.migration(stores.source(), stores.target()).build();
    }

    private static void store(String name, String url, EventStore store, JsonGenerator json) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("url", EventStoreConfig.of(url).toString());
        json.writeStringProperty("backend", store.backend());
        json.writeStringProperty("storeId", store.storeId());
        json.writeEndObject();
    }
}
