package io.headwater.postgres;

import io.headwater.CodePoints;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Renews the leases of many subscriptions, and saves their checkpoints, each with one statement. Both lock the subscriptions
 * in the order of their names, which prevents deadlocks.
 */
final class ManyLeases {
    private static final String RENEW = """
            WITH held AS MATERIALIZED (
                SELECT wanted.place, s.name, s.epoch FROM unnest(%s) WITH ORDINALITY AS wanted (name, epoch, place)
                JOIN ${schema}.subscriptions s ON s.name = wanted.name COLLATE "C" AND s.epoch = wanted.epoch
                WHERE ${same_store} ORDER BY s.name FOR UPDATE OF s)
            UPDATE ${schema}.subscriptions s
            SET term = ?, leased_until = ${schema}.now_v1() + ?, renewals = s.renewals + 1
            FROM held WHERE s.name = held.name AND s.epoch = held.epoch
            RETURNING held.place""".formatted(Session.arrays("text", "bigint"));

    /** Each save is one call of the function, in the order of the arrays. */
    private static final String SAVE = """
            WITH change AS MATERIALIZED (SELECT * FROM unnest(%s) AS given (save, kind, key, fields))
            SELECT saved.place, ${schema}.save_v1(
                saved.name, saved.epoch, saved.part, saved.position, ?,
                ARRAY(SELECT kind FROM change WHERE save = saved.place ORDER BY kind, key),
                ARRAY(SELECT key FROM change WHERE save = saved.place ORDER BY kind, key),
                ARRAY(SELECT fields FROM change WHERE save = saved.place ORDER BY kind, key))
            FROM unnest(%s) WITH ORDINALITY AS saved (name, epoch, part, position, place)
            WHERE ${same_store}""".formatted(
            Session.arrays("bigint", "text", "text", "bytea"), Session.arrays("text", "bigint", "integer", "bigint"));

    private ManyLeases() {}

    /** Returns the leases that are held. */
    static Set<Lease> renew(Session session, List<Lease> leases, long term) throws SQLException {
        return new HashSet<>(session.list(
                row -> leases.get(row.getInt(1) - 1),
                RENEW,
                session.array("text", leases.stream().map(Lease::subscription).toArray(String[]::new)),
                session.array("bigint", leases.stream().map(Lease::epoch).toArray(Long[]::new)),
                term,
                term));
    }

    /** Makes each save that its lease and position allow. */
    static Map<Lease, SaveResult> save(Session session, List<Save> saves, String storeId) throws SQLException {
        List<Save> sorted = saves.stream()
                .sorted(Comparator.comparing(save -> save.lease().subscription(), CodePoints::compare))
                .toList();
        Map<Lease, SaveResult> results = new HashMap<>();
        saveSorted(
                session,
                sorted,
                storeId,
                (place, result) -> results.put(sorted.get(place).lease(), result));
        return results;
    }

    private static void saveSorted(
            Session session, List<Save> saves, String storeId, BiConsumer<Integer, SaveResult> results)
            throws SQLException {
        List<Long> places = new ArrayList<>();
        List<RecordChange> changes = new ArrayList<>();
        for (int i = 0; i < saves.size(); i++) {
            for (RecordChange change : saves.get(i).changes()) {
                places.add(i + 1L);
                changes.add(change);
            }
        }
        RecordArrays records = new RecordArrays(session, changes);
        session.each(
                row -> results.accept(row.getInt(1) - 1, SaveResult.valueOf(row.getString(2))),
                SAVE,
                session.array("bigint", places.toArray(Long[]::new)),
                records.kinds(),
                records.keys(),
                records.fields(),
                storeId,
                session.array(
                        "text", of(saves, save -> save.lease().subscription()).toArray(String[]::new)),
                session.array("bigint", of(saves, save -> save.lease().epoch()).toArray(Long[]::new)),
                session.array("integer", of(saves, Save::partition).toArray(Integer[]::new)),
                session.array(
                        "bigint",
                        of(saves, save -> Positions.number(save.position())).toArray(Long[]::new)));
    }

    private static <T> List<T> of(List<Save> saves, Function<Save, T> value) {
        return saves.stream().map(value).toList();
    }
}
