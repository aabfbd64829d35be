package io.headwater.verification.generated;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Direction;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operations that write answer when they succeed, without doing anything. */
final class Success {
    /** Those that write, and whose success can be told without doing anything. */
    static final Set<Operation> WRITES = Set.of(
            Operation.APPEND,
            Operation.APPEND_ALL,
            Operation.DELETE,
            Operation.TOMBSTONE,
            Operation.TRUNCATE,
            Operation.SCAVENGE,
            Operation.SAVE_SNAPSHOT,
            Operation.DELETE_SNAPSHOT,
            Operation.ACQUIRE,
            Operation.TAKE_OVER,
            Operation.RENEW,
            Operation.RENEW_ALL,
            Operation.RELEASE,
            Operation.SAVE,
            Operation.SAVE_ALL,
            Operation.CHANGE,
            Operation.CHANGE_BY_TOOL,
            Operation.RESET,
            Operation.FORGET);

    private static final long EPOCH = 1_000_000;

    private Success() {}

    static @Nullable Object of(Call call) {
        return switch (call.operation()) {
            case APPEND -> appended(call.sound(), call.argument(0, AppendRequest.class));
            case APPEND_ALL -> allAppended(call);
            case SCAVENGE -> 0L;
            case SAVE_SNAPSHOT, RENEW, CHANGE, FORGET -> true;
            case ACQUIRE -> Optional.of(new Lease((String) call.argument(0), (String) call.argument(1), EPOCH));
            case TAKE_OVER -> Optional.of(takenOver(call.argument(0, Holder.class), (String) call.argument(1)));
            case RENEW_ALL -> new HashSet<Object>((Collection<?>) call.argument(0));
            case SAVE -> SaveResult.SAVED;
            case SAVE_ALL -> allSaved((List<?>) call.argument(0));
            default -> null;
        };
    }

    /** Each request alone, as if none saw another. */
    private static List<AppendOutcome> allAppended(Call call) {
        List<AppendOutcome> outcomes = new ArrayList<>();
        for (Object request : (List<?>) call.argument(0)) {
            outcomes.add(appended(call.sound(), (AppendRequest) request));
        }
        return outcomes;
    }

    private static Lease takenOver(Holder seen, String owner) {
        return new Lease(seen.lease().subscription(), owner, seen.lease().epoch() + 1);
    }

    private static Map<Lease, SaveResult> allSaved(List<?> saves) {
        Map<Lease, SaveResult> results = new LinkedHashMap<>();
        saves.forEach(save -> results.put(((Save) save).lease(), SaveResult.SAVED));
        return results;
    }

    private static AppendOutcome appended(Backend sound, AppendRequest request) {
        Position head = sound.head();
        List<AppendResult> results = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            head = Positions.of(Positions.number(head) + write.events().size());
            long version = end(sound, write.stream()).version() + write.events().size();
            results.add(new AppendResult(write.stream(), version, head, false));
        }
        return new Appended(results);
    }

    /** The end of a stream. */
    static StreamPage end(Backend sound, StreamId stream) {
        return sound.readStream(stream, Direction.BACKWARDS, Long.MAX_VALUE, 1);
    }
}
