package io.headwater.cli.plan;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.cli.json.JsonFields;
import io.headwater.cli.ndjson.StrictJson;
import io.headwater.migration.Migration;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.select.EventChange;
import io.headwater.migration.select.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What describes a migration. Has no secrets. Immutable. */
public final class PlanFile {
    private static final String FORMAT = "headwater-migration/1";
    private static final int MAX_BYTES = 1 << 20;

    private final String name;
    private final String from;
    private final String to;
    private final Set<Loss> accepted;
    private final Optional<Selection> only;
    private final Optional<Selection> without;
    private final List<ChangeEntry> changes;

    private PlanFile(Reading read, Set<Loss> accepted) {
        this.name = read.name;
        this.from = read.from;
        this.to = read.to;
        this.accepted = Set.copyOf(accepted);
        this.only = Optional.ofNullable(read.only);
        this.without = Optional.ofNullable(read.without);
        this.changes = List.copyOf(read.changes);
    }

    /** A migration of a whole store. */
    public static PlanFile of(String name, String from, String to) {
        Reading read = new Reading();
        read.name = name;
        read.from = from;
        read.to = to;
        return new PlanFile(read, Set.of());
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

    /** The name of the migration. */
    public String name() {
        return name;
    }

    /** The URL of the source. */
    public String from() {
        return from;
    }

    /** The URL of the target. */
    public String to() {
        return to;
    }

    /** The losses that may occur. */
    public Set<Loss> accepted() {
        return accepted;
    }

    /** A copy that accepts these losses, too. */
    public PlanFile accepting(List<Loss> losses) {
        Set<Loss> all = EnumSet.noneOf(Loss.class);
        all.addAll(accepted);
        all.addAll(losses);
        Reading same = new Reading();
        same.name = name;
        same.from = from;
        same.to = to;
        same.only = only.orElse(null);
        same.without = without.orElse(null);
        same.changes.addAll(changes);
        return new PlanFile(same, all);
    }

    /** The migration between these stores. */
    public Migration.Builder migration(EventStore source, EventStore target) {
        Migration.Builder migration = Migration.named(name)
                .from(source)
                .to(target)
                .accept(accepted.toArray(Loss[]::new))
                .change(changes.stream().map(ChangeEntry::toChange).toArray(EventChange[]::new));
        only.ifPresent(migration::only);
        without.ifPresent(migration::without);
        return migration;
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
            only.ifPresent(streams -> Streams.write("only", streams, json));
            without.ifPresent(streams -> Streams.write("without", streams, json));
            if (!changes.isEmpty()) {
                json.writeArrayPropertyStart("changes");
                changes.forEach(change -> change.write(json));
                json.writeEndArray();
            }
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
        private final List<ChangeEntry> changes = new ArrayList<>();
        private String format = "";
        private String name = "";
        private String from = "";
        private String to = "";
        private @Nullable Selection only;
        private @Nullable Selection without;

        PlanFile plan(byte[] bytes, Path file) {
            try (JsonFields json = JsonFields.of(bytes)) {
                json.object(this::field);
                json.end();
                check(json);
                return new PlanFile(this, accepted);
            } catch (JsonFields.Wrong | InvalidRequest wrong) {
                throw new BadPlan("'%s' is not a plan: %s".formatted(file, wrong.getMessage()));
            }
        }

        private void field(String field, JsonFields json) {
            switch (field) {
                case "format" -> format = json.text();
                case "name" -> name = json.text();
                case "from" -> from = json.text();
                case "to" -> to = json.text();
                case "only" -> only = Streams.read(json);
                case "without" -> without = Streams.read(json);
                case "changes" -> json.array(element -> changes.add(ChangeEntry.read(element)));
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
            changes.forEach(ChangeEntry::toChange);
        }
    }
}
