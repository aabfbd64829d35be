package io.headwater.tck.process;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BackendFailure;
import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.EventStoreConfig;
import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.StoreUnavailable;
import io.headwater.StoreUrl;
import io.headwater.StreamCheck;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.WrongExpectedVersion;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How requests and outcomes are written in messages, and read. */
final class Wire {
    private static final int ANY = -1;
    private static final int STREAM_EXISTS = -2;
    private static final int NO_STREAM = -3;
    private static final String CONFLICT = "CONFLICT";
    private static final String DELETED = "DELETED";

    private Wire() {}

    /** Writes one element. */
    private interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    /** Reads one element. */
    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static <T> void writeAll(DataOutputStream out, List<T> all, Writer<T> writer) throws IOException {
        out.writeInt(all.size());
        for (T one : all) {
            writer.write(out, one);
        }
    }

    private static <T> List<T> readAll(DataInputStream in, Reader<T> reader) throws IOException {
        List<T> all = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            all.add(reader.read(in));
        }
        return all;
    }

    /** The URL as it was given but for its escapes, with its secrets; those that {@code toString()} hides. */
    static void write(DataOutputStream out, EventStoreConfig config) throws IOException {
        StoreUrl url = config.url();
        String path = URLEncoder.encode(url.path(), StandardCharsets.UTF_8).replace("+", "%20");
        String rest = url.authority().isEmpty() ? path : "//" + url.authority() + path.replace("%2F", "/");
        out.writeUTF(url.scheme() + ":" + rest);
        writeAll(out, List.copyOf(config.options().entrySet()), (to, option) -> {
            to.writeUTF(option.getKey());
            to.writeUTF(option.getValue());
        });
    }

    static EventStoreConfig readConfig(DataInputStream in) throws IOException {
        EventStoreConfig config = EventStoreConfig.of(in.readUTF());
        for (int left = in.readInt(); left > 0; left--) {
            config = config.with(in.readUTF(), in.readUTF());
        }
        return config;
    }

    static void write(DataOutputStream out, AppendRequest request) throws IOException {
        writeAll(out, request.writes(), (to, write) -> {
            to.writeUTF(write.stream().value());
            write(to, write.expected());
            writeAll(to, write.events(), Wire::write);
        });
        writeAll(out, request.checks(), (to, check) -> {
            to.writeUTF(check.stream().value());
            write(to, check.expected());
        });
    }

    static AppendRequest readRequest(DataInputStream in) throws IOException {
        List<StreamWrite> writes = readAll(
                in,
                from -> new StreamWrite(
                        StreamId.of(from.readUTF()), readExpected(from), readAll(from, Wire::readEvent)));
        List<StreamCheck> checks =
                readAll(in, from -> new StreamCheck(StreamId.of(from.readUTF()), readExpected(from)));
        return new AppendRequest(writes, checks);
    }

    private static void write(DataOutputStream out, ExpectedVersion expected) throws IOException {
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            out.writeLong(exactly.version());
        } else if (expected.equals(ExpectedVersion.any())) {
            out.writeLong(ANY);
        } else {
            out.writeLong(expected.equals(ExpectedVersion.noStream()) ? NO_STREAM : STREAM_EXISTS);
        }
    }

    private static ExpectedVersion readExpected(DataInputStream in) throws IOException {
        long version = in.readLong();
        if (version == ANY) {
            return ExpectedVersion.any();
        }
        if (version == STREAM_EXISTS) {
            return ExpectedVersion.streamExists();
        }
        return version == NO_STREAM ? ExpectedVersion.noStream() : ExpectedVersion.exactly(version);
    }

    private static void write(DataOutputStream out, EventData event) throws IOException {
        out.writeLong(event.id().getMostSignificantBits());
        out.writeLong(event.id().getLeastSignificantBits());
        out.writeUTF(event.type());
        out.writeUTF(event.data().contentType().name());
        write(out, event.data().bytes());
        write(out, event.metadata().encoded());
    }

    private static EventData readEvent(DataInputStream in) throws IOException {
        UUID id = new UUID(in.readLong(), in.readLong());
        String type = in.readUTF();
        ContentType contentType = ContentType.valueOf(in.readUTF());
        Payload data = Payload.of(readBytes(in), contentType);
        return new EventData(id, type, data, Metadata.decoded(readBytes(in)));
    }

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    static void write(DataOutputStream out, AppendOutcome outcome) throws IOException {
        out.writeBoolean(outcome instanceof Appended);
        if (outcome instanceof Appended appended) {
            writeAll(out, appended.results(), Wire::write);
        } else if (outcome instanceof Conflict conflict) {
            writeAll(out, conflict.violations(), Wire::write);
        }
    }

    static AppendOutcome readOutcome(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? new Appended(readAll(in, Wire::readResult))
                : new Conflict(readAll(in, Wire::readViolation));
    }

    private static void write(DataOutputStream out, AppendResult result) throws IOException {
        out.writeUTF(result.stream().value());
        out.writeLong(result.version());
        out.writeUTF(result.position().toString());
        out.writeBoolean(result.replayed());
    }

    private static AppendResult readResult(DataInputStream in) throws IOException {
        return new AppendResult(
                StreamId.of(in.readUTF()), in.readLong(), Position.parse(in.readUTF()), in.readBoolean());
    }

    private static void write(DataOutputStream out, Violation violation) throws IOException {
        out.writeUTF(violation.stream().value());
        write(out, violation.expected());
        out.writeLong(violation.actual());
        out.writeUTF(violation.reason().name());
    }

    private static Violation readViolation(DataInputStream in) throws IOException {
        return new Violation(
                StreamId.of(in.readUTF()), readExpected(in), in.readLong(), Violation.Reason.valueOf(in.readUTF()));
    }

    /** What the caller is told by a failure of the other process: what was refused, or whether to call again and its message. */
    static void write(DataOutputStream out, Throwable failure) throws IOException {
        if (failure instanceof WrongExpectedVersion conflict) {
            out.writeUTF(CONFLICT);
            writeAll(out, conflict.violations(), Wire::write);
            return;
        }
        if (failure instanceof StreamDeleted deleted) {
            out.writeUTF(DELETED);
            out.writeUTF(deleted.stream().value());
            return;
        }
        Retry retry = failure instanceof EventStoreException known ? known.retry() : Retry.NEVER;
        out.writeUTF(retry.name());
        out.writeUTF(String.valueOf(failure));
    }

    static EventStoreException readFailure(DataInputStream in) throws IOException {
        String kind = in.readUTF();
        if (kind.equals(CONFLICT)) {
            return new WrongExpectedVersion(readAll(in, Wire::readViolation));
        }
        String message = in.readUTF();
        if (kind.equals(DELETED)) {
            return new StreamDeleted(StreamId.of(message));
        }
        return switch (Retry.valueOf(kind)) {
            case SAFE -> new StoreUnavailable(message, null);
            case OUTCOME_UNKNOWN -> new AppendOutcomeUnknown(message, null);
            case NEVER -> new BackendFailure(message, null);
        };
    }
}
