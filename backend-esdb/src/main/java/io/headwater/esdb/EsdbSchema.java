package io.headwater.esdb;

import io.headwater.IncompatibleStore;
import io.headwater.Payload;
import io.headwater.StoreMissing;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent.RecordedEvent;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Creates or checks the own stream that says which store this is: it has one event. */
final class EsdbSchema {
    static final int FORMAT = 1;
    static final String STREAM = "store";
    private static final String TYPE = "headwater-store";
    private static final Pattern CONTENT =
            Pattern.compile("\\{\"format\":(\\d{1,9}),\"storeId\":\"([0-9a-f-]{36})\"[^{}]*\\}");

    private final Server server;
    private final String stream;

    EsdbSchema(Server server, Namespace namespace) {
        this.server = server;
        this.stream = namespace.stream(STREAM);
    }

    /** What the event of the stream says. */
    record Stored(int format, String storeId) {
        String text() {
            return "{\"format\":%s,\"storeId\":\"%s\"}".formatted(format, storeId);
        }
    }

    /** Reads the event of the stream. */
    static Stored decode(RecordedEvent event) {
        Matcher content = CONTENT.matcher(event.getData().toStringUtf8());
        if (!content.matches()) {
            throw new IncompatibleStore(
                    "stream '%s' was not written by Headwater: use another namespace"
                            .formatted(
                                    event.getStreamIdentifier().getStreamName().toStringUtf8()),
                    null);
        }
        return new Stored(Integer.parseInt(content.group(1)), content.group(2));
    }

    /** Returns what is stored, of whatever format; empty if there is no store. */
    Optional<Stored> stored(CallContext context) {
        ReadAnswer answer = server.look(context, ReadRequest.forwards(stream, 0));
        if (answer.isTombstoned()) {
            throw new IncompatibleStore("stream '%s' is tombstoned: use another namespace".formatted(stream), null);
        }
        return answer.events().stream().findFirst().map(event -> decode(event.getEvent()));
    }

    /** Returns the id of the store. Creates it if it is missing and may be created. */
    String prepare(CallContext context, boolean create) {
        Optional<Stored> stored = stored(context);
        if (stored.isEmpty() && !create) {
            throw new StoreMissing("the server has no stream '%s': open it once with schema=create".formatted(stream));
        }
        return usable(stored.isPresent() ? stored.get() : create(context)).storeId();
    }

    private Stored usable(Stored stored) {
        if (stored.format() > FORMAT) {
            throw new IncompatibleStore(
                    "the store has format %s, and this version of Headwater knows formats up to %s: use a newer version"
                            .formatted(stored.format(), FORMAT),
                    null);
        }
        return stored;
    }

    /** Whatever the outcome of this attempt, what can be read then is the store: it is written once. */
    private Stored create(CallContext context) {
        Stored created = new Stored(FORMAT, UUID.randomUUID().toString());
        NewRecords records = new NewRecords(
                stream,
                NewRecords.NO_STREAM,
                List.of(EventMessage.proposed(UUID.randomUUID(), TYPE, Payload.json(created.text()))));
        Backoff backoff = Backoff.whileUnavailable();
        while (true) {
            WriteAnswer answer = server.append(context, records);
            Optional<Stored> stored = stored(context);
            if (stored.isPresent()) {
                return stored.get();
            }
            if (context.isOver()) {
                throw server.errors().unavailable("stream '%s' could not be written: %s".formatted(stream, answer));
            }
            backoff.pause(context);
        }
    }
}
