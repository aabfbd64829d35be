package io.headwater.dynamodb;

import io.headwater.StoreUnavailable;
import io.headwater.dynamodb.Outcome.Done;
import io.headwater.dynamodb.Outcome.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The counter of the log: each number is given once. */
final class Tickets {
    private static final String COUNTER = "counter";
    private static final String FENCE = "fence";
    private static final String OWNER = "owner";
    private static final String UNTIL = "until";

    private final Table table;
    private final Keys keys;
    private final Clock clock;

    Tickets(Table table, Keys keys, Clock clock) {
        this.table = table;
        this.keys = keys;
        this.clock = clock;
    }

    /** The last ticket that was given; 0 for none. */
    long last() {
        return table.get(keys.counter()).map(item -> item.number(COUNTER)).orElse(0L);
    }

    /** Takes the next ticket. One whose reply is lost is used for nothing, and readers fill its slot. */
    long take() {
        Outcome outcome = table.settle(() -> table.write(add()));
        if (outcome instanceof Done done) {
            return done.item().orElseThrow().number(COUNTER);
        }
        throw fenced(((Refused) outcome).item(keys.counter()));
    }

    private static StoreUnavailable fenced(Optional<Item> counter) {
        Item fence = counter.flatMap(item -> item.mapIfPresent(FENCE)).orElseGet(Item::map);
        String until = fence.has(UNTIL) ? "until " + Instant.ofEpochMilli(fence.number(UNTIL)) : "for good";
        return new StoreUnavailable(
                "writes are fenced by %s %s; nothing was written"
                        .formatted(fence.has(OWNER) ? fence.text(OWNER) : "a migration", until),
                null);
    }

    /** Refuses all further tickets. */
    static Write sealing(Keys keys, String owner) {
        return Write.update(keys.counter(), "SET #" + FENCE + " = :fence")
                .value("fence", Item.map().with(OWNER, owner).asValue());
    }

    private Write add() {
        return Write.update(keys.counter(), "ADD #" + COUNTER + " :one")
                .onlyIf("attribute_not_exists(#" + FENCE + ") OR #" + FENCE + ".#" + UNTIL + " < :now")
                .value("one", 1)
                .value("now", clock.millis());
    }
}
