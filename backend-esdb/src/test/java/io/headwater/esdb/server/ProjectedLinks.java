package io.headwater.esdb.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the system projections write because of a record. */
final class ProjectedLinks {
    private static final String VERSION = "1:-1:1:4";
    private static final String CORRELATION_ID = "$correlationId";

    /** A link to an event, or to a stream. */
    record Link(String stream, String type, String target, Map<String, Object> metadata) {}

    private final Links links;

    ProjectedLinks(Links links) {
        this.links = links;
    }

    /** Whether the record is an event of a user's stream, or the end of one. */
    boolean handles(StoredRecord record) {
        return record.shown() && (!Streams.isSystem(record.stream()) || softDeletes(record));
    }

    List<Link> of(StoredRecord record) {
        List<Link> all = new ArrayList<>();
        if (handles(record)) {
            boolean deletes = record.tombstone() || softDeletes(record);
            byCategory(record, deletes, all);
            if (!deletes && !record.link()) {
                byType(record, all);
                byCorrelation(record, all);
            }
            if (!deletes && record.number() == 0) {
                ofStream(record, all);
            }
        }
        return all;
    }

    private static boolean softDeletes(StoredRecord record) {
        return Streams.isMeta(record.stream())
                && !Streams.isSystem(Streams.originalOf(record.stream()))
                && record.type().equals(StoredRecord.METADATA_TYPE)
                && record.json()
                && StreamMetadata.of(record.data()).deletes();
    }

    private void byCategory(StoredRecord record, boolean deletes, List<Link> all) {
        boolean soft = deletes && !record.tombstone();
        String stream = soft ? Streams.originalOf(record.stream()) : record.stream();
        String category = category(stream);
        if (category == null) {
            return;
        }
        StoredRecord target = links.resolve(record, true).event();
        Map<String, Object> metadata = place(record);
        metadata.put("$o", stream);
        if (deletes) {
            metadata.put("$deleted", -1);
        }
        if (target != null) {
            causedBy(metadata, target);
        }
        all.add(new Link("$ce-" + category, StoredRecord.LINK_TYPE, target == null ? "-1@" : at(target), metadata));
    }

    /** What stands before the first dash, or null. */
    private static String category(String stream) {
        int dash = stream.indexOf('-');
        return dash <= 0 ? null : stream.substring(0, dash);
    }

    private void byType(StoredRecord record, List<Link> all) {
        all.add(new Link("$et-" + record.type(), StoredRecord.LINK_TYPE, at(record), caused(record)));
    }

    private void byCorrelation(StoredRecord record, List<Link> all) {
        String id = correlationId(record);
        if (id != null) {
            Map<String, Object> metadata = place(record);
            metadata.put("$eventTimestamp", Ticks.toInstant(record.created()).toString());
            causedBy(metadata, record);
            all.add(new Link("$bc-" + id, StoredRecord.LINK_TYPE, at(record), metadata));
        }
    }

    private void ofStream(StoredRecord record, List<Link> all) {
        String category = category(record.stream());
        if (category != null) {
            all.add(new Link("$category-" + category, "$@", record.stream(), caused(record)));
        }
        all.add(new Link("$streams", StoredRecord.LINK_TYPE, at(record), caused(record)));
    }

    private static String at(StoredRecord record) {
        return record.number() + "@" + record.stream();
    }

    /** Where a record lies, as a projection notes it. */
    Map<String, Object> place(StoredRecord record) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("$v", VERSION);
        metadata.put("$c", record.position());
        metadata.put("$p", record.position());
        return metadata;
    }

    private Map<String, Object> caused(StoredRecord record) {
        Map<String, Object> metadata = place(record);
        causedBy(metadata, record);
        return metadata;
    }

    private static void causedBy(Map<String, Object> metadata, StoredRecord record) {
        metadata.put("$causedBy", record.id().toString());
        String id = correlationId(record);
        if (id != null) {
            metadata.put(CORRELATION_ID, id);
        }
    }

    private static String correlationId(StoredRecord record) {
        try {
            return Json.parseObject(record.metadata().toStringUtf8()).get(CORRELATION_ID) instanceof String id
                    ? id
                    : null;
        } catch (Json.NotJson e) {
            return null;
        }
    }
}
