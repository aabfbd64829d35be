package io.headwater.cli;

import io.headwater.AppendResult;
import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.ReadOptions;
import io.headwater.StreamId;
import io.headwater.cli.ndjson.JsonValue;
import io.headwater.cli.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Appends one event. */
@Command(
        name = "append",
        header = "Append one event to a stream.",
        description = {
            "Appends an event, and prints the stream's new version and the event's position in the log.",
            "The data are stored byte for byte. With --id, the command can be repeated safely: the store recognises"
                    + " the repeat and reports it."
        },
        footer = {
            "%nExamples:",
            "  headwater append order-1001 OrderPlaced '{\"total\":\"24.90\"}' --expect none",
            "  headwater append order-1001 OrderPaid '{}' --expect 1 --metadata user=ann",
            "  headwater append scan-7 PageScanned - --binary < page.tiff"
        })
final class AppendCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream's id.")
    private @Nullable StreamId stream;

    @Parameters(index = "1", paramLabel = "TYPE", description = "The event's type, such as OrderPlaced.")
    private String type = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "DATA",
            description = "JSON, or - to read it from standard input. Default: ${DEFAULT-VALUE}.")
    private String data = "{}";

    @Option(
            names = "--expect",
            paramLabel = ExpectConverter.CHOICE,
            completionCandidates = ExpectConverter.Words.class,
            description = "Append only if the stream meets this condition. Default: any.")
    private ExpectedVersion expected = ExpectedVersion.any();

    @Option(names = "--id", paramLabel = "UUID", description = "The event's id. Default: a random one.")
    private UUID id = UUID.randomUUID();

    @Option(
            names = "--metadata",
            paramLabel = "KEY=VALUE",
            converter = EntryConverter.class,
            description = "An entry of the event's metadata. Repeatable, once for each key.")
    private List<Map.Entry<String, String>> metadata = new ArrayList<>();

    @Option(names = "--binary", description = "Store the data as bytes, not as JSON.")
    private boolean binary;

    AppendCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    EventStore open(StoreOptions wanted) {
        return wanted.openOrCreate(shell());
    }

    /** Checked before a store is created for it. */
    @Override
    void check() {
        metadata();
    }

    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        byte[] bytes = data.equals("-") ? input(store) : data.getBytes(StandardCharsets.UTF_8);
        Payload payload = Payload.of(bytes, binary ? ContentType.BINARY : ContentType.JSON);
        if (!binary) {
            refuseOtherThanJson(bytes);
        }
        EventData event = new EventData(id, type, payload, Metadata.of(metadata()));
        AppendResult result = store.append(Arguments.given(stream), expected, event);
        if (result.replayed()) {
            refuseOtherContents(store, result, event);
        }
        print(result, out);
        MemoryStores.warn(store, out, shell());
        return ExitCode.OK;
    }

    /**
     * A repeat is recognised by its id; whether its content is the same has to be compared here. Events that were
     * deleted since cannot be compared.
     */
    private static void refuseOtherContents(EventStore store, AppendResult result, EventData event) {
        boolean differs =
                store
                        .readStream(
                                result.stream(),
                                ReadOptions.forwards().from(result.version()).limit(1))
                        .events()
                        .stream()
                        .anyMatch(stored -> stored.version() == result.version()
                                && !stored.toEventData().equals(event));
        if (differs) {
            throw new Failure(
                    ExitCode.REFUSED,
                    "stream '%s' has an event with the id %s at version %s, which differs in type, data or metadata: nothing was"
                                    .formatted(Printable.of(result.stream().value()), event.id(), result.version())
                            + " appended; give this event an id of its own");
        }
    }

    private Map<String, String> metadata() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : metadata) {
            if (entries.put(entry.getKey(), entry.getValue()) != null) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--metadata has '%s' twice: an entry has one value".formatted(Printable.of(entry.getKey())));
            }
        }
        return entries;
    }

    /** One byte more than the store accepts, so that the store itself refuses the data, with its own message. */
    private byte[] input(EventStore store) throws IOException {
        long most = store.capabilities().limits().maxEventBytes();
        return shell().in().readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
    }

    private static void refuseOtherThanJson(byte[] bytes) {
        JsonValue.problem(bytes).ifPresent(problem -> {
            throw new Failure(
                    ExitCode.BAD_DATA,
                    "the data are not a JSON value: " + problem
                            + "; quote JSON for the shell, for example '{\"total\":\"24.90\"}', or pass bytes with"
                            + " --binary");
        });
    }

    private static void print(AppendResult result, Output out) {
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("stream", result.stream().value());
                json.writeNumberProperty("version", result.version());
                json.writeStringProperty("position", result.position().toString());
                json.writeBooleanProperty("replayed", result.replayed());
            });
            return;
        }
        String done = result.replayed() ? "has it already (a repeat)," : "is now";
        out.line("%s %s at version %s, position %s"
                .formatted(Printable.of(result.stream().value()), done, result.version(), result.position()));
    }
}
