package io.headwater.verification.generated;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamCheck;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Backend;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What the requests of calls ask for, and the streams that they are about. */
final class Requests {
    private Requests() {}

    static StreamPage end(Backend sound, StreamId stream) {
        return Success.end(sound, stream);
    }

    static boolean isEmptied(StreamPage end) {
        return end.version() > 0 && end.first() > end.version();
    }

    static boolean isTruncated(StreamPage end) {
        return end.first() > 1 && end.first() <= end.version();
    }

    static StreamWrite expecting(StreamWrite write, ExpectedVersion expected) {
        return new StreamWrite(write.stream(), expected, write.events());
    }

    /** With other expectations of the writes; a stream that is tombstoned has the same. */
    static Object[] expecting(Call call, UnaryOperator<StreamWrite> change) {
        return Deep.arguments(call.arguments(), StreamWrite.class, write -> {
            try {
                return change.apply(write);
            } catch (StreamDeleted gone) {
                return write;
            }
        });
    }

    static AppendRequest request(Call call) {
        return call.argument(0, AppendRequest.class);
    }

    static boolean isReadable(Backend sound, StreamId stream) {
        try {
            return end(sound, stream).version() >= 0;
        } catch (StreamDeleted gone) {
            return false;
        }
    }

    /** Without the checks that are met all the same. */
    static AppendRequest checking(AppendRequest request, Predicate<StreamCheck> met) {
        return new AppendRequest(
                request.writes(),
                request.checks().stream()
                        .filter(check -> {
                            try {
                                return !met.test(check);
                            } catch (StreamDeleted gone) {
                                return true;
                            }
                        })
                        .toList());
    }

    static boolean isExact(StreamWrite write) {
        return write.expected() instanceof ExpectedVersion.Exactly
                || write.expected().equals(ExpectedVersion.noStream());
    }

    /** As if it were new: where an exact expectation is met, ids are not compared. */
    static StreamWrite asNew(Backend sound, StreamWrite write) {
        StreamPage end = end(sound, write.stream());
        boolean live = end.first() <= end.version();
        return write.expected().accepts(end.version(), live)
                ? expecting(write, ExpectedVersion.exactly(end.version()))
                : write;
    }

    static List<UUID> ids(StreamWrite write) {
        return write.events().stream().map(EventData::id).toList();
    }
}
