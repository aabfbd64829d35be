package io.headwater.verification.mutants;

import static io.headwater.verification.mutants.Mutant.ofAppend;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.ContentType;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.StreamPage;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Contents and names gone wrong (P). */
final class PayloadMutants {
    static final List<Mutant> ALL = List.of(
            ofEvents(
                    "metadata is dropped",
                    event -> event.withMetadata(Metadata.none()),
                    "P4.11",
                    "P1.8",
                    "P1.6",
                    "P1.7",
                    "P1.9"),
            ofEvents(
                    "metadata loses its order",
                    event -> event.metadata().raw().isPresent()
                            ? event
                            : event.withMetadata(new TreeMap<>(event.metadata().entries())),
                    "P1.6"),
            ofEvents(
                    "the content type is dropped",
                    event -> data(event, Payload.binary(event.data().bytes())),
                    "P1.5"),
            ofEvents(
                    "bytes are taken for UTF-8",
                    event -> data(event, event.data().text().getBytes(StandardCharsets.UTF_8)),
                    "P1.1",
                    "P1.11"),
            ofEvents(
                    "characters of four bytes are lost",
                    event -> data(
                            event,
                            event.data()
                                    .text()
                                    .replaceAll("[\\x{10000}-\\x{10FFFF}]", "?")
                                    .getBytes(StandardCharsets.UTF_8)),
                    "P1.3"),
            ofEvents(
                    "data ends at the first zero byte",
                    event -> data(event, untilZero(event.data().bytes())),
                    "P4.2",
                    "P4.4",
                    "P4.7",
                    "P1.12",
                    "P1.1"),
            ofEvents(
                    "JSON is formatted anew",
                    event -> event.data().contentType() == ContentType.JSON
                            ? data(
                                    event,
                                    event.data().text().replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8))
                            : event,
                    "P1.4"),
            ofEvents(
                    "types are trimmed",
                    event -> new EventData(
                            event.id(),
                            event.type().substring(0, Math.min(100, event.type().length())),
                            event.data(),
                            event.metadata()),
                    "P2.9"),
            ofEvents(
                    "no data is an empty object",
                    event -> event.data().size() == 0
                            ? new EventData(event.id(), event.type(), Payload.json("{}"), event.metadata())
                            : event,
                    "P1.2"),
            ofEvents(
                    "every event gets metadata",
                    event -> event.metadata().isEmpty() ? event.withMetadata("writer", "unknown") : event,
                    "P1.10"),
            ofEvents(
                    "types are words",
                    event -> new EventData(
                            event.id(), "x" + event.type().replaceAll("\\W", ""), event.data(), event.metadata()),
                    "P2.8"),
            ofNames("names lose the digits at their end", name -> name.replaceAll("\\d+$", ""), "P2.7"),
            ofNames("names fold case", name -> name.toLowerCase(Locale.ROOT), "P2.2", "C1.8"),
            ofNames("names are trimmed", String::strip, "P2.3", "P2.4"),
            ofNames(
                    "names are normalised",
                    name -> Normalizer.normalize(name, Normalizer.Form.NFC),
                    "P2.1",
                    "P2.10",
                    "P2.5"),
            ofNames("names are cut", name -> name.substring(0, Math.min(200, name.length())), "P2.6"));

    private PayloadMutants() {}

    /** A mutant that stores events wrongly. */
    static Mutant ofEvents(String name, UnaryOperator<EventData> change, String... killers) {
        return ofAppend(
                name,
                (backend, request) -> backend.append(AppendMutants.changed(
                        request, events -> events.stream().map(change).toList())),
                killers);
    }

    private static Mutant ofNames(String name, UnaryOperator<String> change, String... killers) {
        return Mutant.of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                StreamWrite write = request.writes().get(0);
                return backend.append(AppendRequest.to(changed(write.stream()), write.expected(), write.events()));
            }

            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                return backend.readStream(changed(stream), direction, from, limit);
            }

            private StreamId changed(StreamId stream) {
                return StreamId.of(change.apply(stream.value()));
            }
        });
    }

    private static EventData data(EventData event, byte[] bytes) {
        return data(event, Payload.of(bytes, event.data().contentType()));
    }

    private static EventData data(EventData event, Payload payload) {
        return new EventData(event.id(), event.type(), payload, event.metadata());
    }

    private static byte[] untilZero(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return Arrays.copyOf(bytes, length);
    }
}
