package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.Set;

/** "UpdateContinuousBackups": the setting is kept and described, and does nothing else. */
final class UpdateContinuousBackups implements Operation {
    private static final String SPECIFICATION = "PointInTimeRecoverySpecification";

    private final Store store;

    UpdateContinuousBackups(Store store) {
        this.store = store;
    }

    @Override
    public Set<String> members() {
        return Set.of("TableName", SPECIFICATION);
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        TableDefinition table = table(store, request);
        Constraints.on(request).required(SPECIFICATION).check();
        Request specification = request.request(SPECIFICATION);
        Constraints.on(specification)
                .required("PointInTimeRecoveryEnabled")
                .atLeast("RecoveryPeriodInDays", 1)
                .atMost("RecoveryPeriodInDays", 35)
                .check();
        table.recover(
                specification.flag("PointInTimeRecoveryEnabled"),
                specification.members().get("RecoveryPeriodInDays"));
        return table.backups();
    }

    /** "TableNotFoundException" is what the operations on backups answer. */
    static TableDefinition table(Store store, Request request) {
        String name = Constraints.tableName(request);
        if (!store.names().contains(name)) {
            throw ServiceException.tableNotFound(name);
        }
        TableDefinition table = store.tableNamed(name).definition();
        if (!table.isActive()) {
            throw ServiceException.backupsUnavailable(name);
        }
        return table;
    }
}
