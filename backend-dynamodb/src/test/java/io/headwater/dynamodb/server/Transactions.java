package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.List;

/**
 * "Amazon DynamoDB Transactions: How it works". A transaction takes hold of its items, if all conditions hold and no other
 * transaction has one, and writes them. Where visibility is split, other calls see the items one after the other: reads of
 * single items, Query, Scan and BatchGetItem are serializable item by item, not with the transaction as a unit.
 */
final class Transactions {
    private final Store store;
    private final Faults faults;

    Transactions(Store store, Faults faults) {
        this.store = store;
        this.faults = faults;
    }

    /** A read of one item. */
    record Get(Table table, Key key, Projection projection) {}

    /** Items in the order of the actions, null where there is none. */
    List<Item> read(List<Get> gets, Call call) {
        synchronized (store) {
            List<Item> items = new ArrayList<>();
            List<CancellationReason> reasons = new ArrayList<>();
            for (Get get : gets) {
                Cell cell = get.table().find(get.key());
                reasons.add(cell != null && cell.isHeld() ? CancellationReason.conflict() : CancellationReason.NONE);
                items.add(cell == null ? null : cell.newest());
                call.meter().read(get.table(), Units.transactionalRead(items.get(items.size() - 1)));
            }
            check(reasons);
            return items;
        }
    }

    /** What a call with the token of one that was carried out consumes: it reads the items only. */
    void readAgain(List<Write> writes, Call call) {
        for (Write write : writes) {
            Item item = store.read(write.table(), write.key(), Store.NOW);
            call.meter().read(write.table(), Units.transactionalRead(item));
        }
    }

    void write(List<Write> writes, Call call) {
        List<Write.Result> results;
        boolean split = call.meets(Fault.SPLIT_VISIBILITY);
        synchronized (store) {
            results = prepare(writes, call);
            if (!split) {
                for (int i = 0; i < writes.size(); i++) {
                    apply(writes.get(i), results.get(i));
                }
                return;
            }
            writes.forEach(write -> write.table().cell(write.key()).hold(this));
        }
        applyOneByOne(writes, results);
    }

    private void applyOneByOne(List<Write> writes, List<Write.Result> results) {
        VisibilityOrder visibility = faults.visibility();
        List<Integer> order = visibility.order(writes.size());
        for (int shown = 0; shown < order.size(); shown++) {
            int index = order.get(shown);
            synchronized (store) {
                writes.get(index).table().cell(writes.get(index).key()).release();
                apply(writes.get(index), results.get(index));
            }
            if (shown + 1 < order.size()) {
                visibility.shown(shown + 1);
            }
        }
    }

    private void apply(Write write, Write.Result result) {
        if (!write.isCheck()) {
            store.replace(write.table(), write.table().cell(write.key()), result.after());
        }
        write.table().removeIfEmpty(write.key());
    }

    private static List<Write.Result> prepare(List<Write> writes, Call call) {
        List<Write.Result> results = new ArrayList<>();
        List<CancellationReason> reasons = new ArrayList<>();
        for (Write write : writes) {
            Cell cell = write.table().find(write.key());
            Item before = cell == null ? null : cell.newest();
            reasons.add(reason(write, cell, before, results));
            call.meter()
                    .write(write.table(), 2 * results.get(results.size() - 1).units());
        }
        check(reasons);
        List<Item> items = new ArrayList<>();
        results.forEach(result -> items.add(result.after()));
        TransactionMembers.checkSize(items);
        return results;
    }

    /** Adds the result, too: what the item was and is to be. */
    private static CancellationReason reason(Write write, Cell cell, Item before, List<Write.Result> results) {
        Item after = before;
        CancellationReason reason = CancellationReason.NONE;
        if (cell != null && cell.isHeld()) {
            reason = CancellationReason.conflict();
        } else if (!write.isAllowed(before)) {
            reason = CancellationReason.conditionFailed(write.itemOfFailure(before));
        } else if (!write.isCheck()) {
            try {
                after = write.change().apply(before);
            } catch (ServiceException e) {
                reason = CancellationReason.invalid(e.getMessage());
            }
        }
        results.add(new Write.Result(before, after));
        return reason;
    }

    static void check(List<CancellationReason> reasons) {
        if (!reasons.stream().allMatch(CancellationReason::isNone)) {
            throw ServiceException.canceled(reasons);
        }
    }
}
