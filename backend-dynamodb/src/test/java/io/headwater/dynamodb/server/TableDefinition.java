package io.headwater.dynamodb.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A table as it was created: "TableDescription" in the API Reference. */
final class TableDefinition {
    private static final String ACCOUNT = "000000000000";

    private final Request request;
    private final KeySchema schema;
    private final Map<String, String> types;
    private final Map<String, String> indexKeys;
    private final Instant created = Instant.now();
    private final Instant activeFrom;
    private final String id = UUID.randomUUID().toString();
    private final Map<String, Object> additions = new LinkedHashMap<>();
    private volatile boolean pointInTimeRecovery;
    private volatile Object recoveryPeriod;

    TableDefinition(
            Request request,
            KeySchema schema,
            Map<String, String> types,
            Map<String, String> indexKeys,
            Duration creation) {
        this.request = request;
        this.schema = schema;
        this.types = types;
        this.indexKeys = indexKeys;
        this.activeFrom = created.plus(creation);
    }

    String name() {
        return request.text("TableName");
    }

    /** The request that made it. */
    Map<String, Object> creation() {
        return request.members();
    }

    KeySchema schema() {
        return schema;
    }

    /** The types of the attributes that are keys, by name. */
    Map<String, String> types() {
        return types;
    }

    /** The names of indexes by the attributes that are their keys. */
    Map<String, String> indexKeys() {
        return indexKeys;
    }

    boolean isProtected() {
        return request.flag("DeletionProtectionEnabled");
    }

    boolean isActive() {
        return !Instant.now().isBefore(activeFrom);
    }

    boolean hasLocalIndexes() {
        return request.has("LocalSecondaryIndexes");
    }

    /** Further members of the description, such as replicas, for tests. */
    void describeWith(Map<String, Object> members) {
        synchronized (additions) {
            additions.clear();
            additions.putAll(members);
        }
    }

    void recover(boolean enabled, Object period) {
        pointInTimeRecovery = enabled;
        recoveryPeriod = period;
    }

    String arn() {
        return "arn:aws:dynamodb:us-east-1:" + ACCOUNT + ":table/" + name();
    }

    Map<String, Object> describe(String status, long items, long bytes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("AttributeDefinitions", request.members().get("AttributeDefinitions"));
        json.put("TableName", name());
        json.put("KeySchema", request.members().get("KeySchema"));
        json.put("TableStatus", status);
        json.put("CreationDateTime", created.toEpochMilli() / 1000.0);
        json.put("ProvisionedThroughput", throughput(request.request("ProvisionedThroughput")));
        json.put("TableSizeBytes", bytes);
        json.put("ItemCount", items);
        json.put("TableArn", arn());
        json.put("TableId", id);
        if ("PAY_PER_REQUEST".equals(request.text("BillingMode"))) {
            json.put("BillingModeSummary", billing());
        }
        json.put("DeletionProtectionEnabled", isProtected());
        describeOptions(json, status);
        return json;
    }

    private void describeOptions(Map<String, Object> json, String status) {
        for (String kind : List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes")) {
            if (request.has(kind)) {
                json.put(kind, indexes(kind, status));
            }
        }
        if (request.has("TableClass")) {
            json.put("TableClassSummary", Map.of("TableClass", request.text("TableClass")));
        }
        Request encryption = request.request("SSESpecification");
        if (encryption != null && encryption.flag("Enabled")) {
            json.put("SSEDescription", encryption(encryption));
        }
        synchronized (additions) {
            json.putAll(additions);
        }
    }

    private static Map<String, Object> encryption(Request specification) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Status", "ENABLED");
        json.put("SSEType", "KMS");
        if (specification.has("KMSMasterKeyId")) {
            json.put("KMSMasterKeyArn", specification.text("KMSMasterKeyId"));
        }
        return json;
    }

    private Map<String, Object> billing() {
        return Map.of(
                "BillingMode", "PAY_PER_REQUEST", "LastUpdateToPayPerRequestDateTime", created.toEpochMilli() / 1000.0);
    }

    private static Map<String, Object> throughput(Request throughput) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("NumberOfDecreasesToday", 0);
        json.put("ReadCapacityUnits", throughput == null ? 0 : throughput.integer("ReadCapacityUnits"));
        json.put("WriteCapacityUnits", throughput == null ? 0 : throughput.integer("WriteCapacityUnits"));
        return json;
    }

    private List<Object> indexes(String kind, String status) {
        List<Object> indexes = new ArrayList<>();
        for (Object each : request.list(kind)) {
            Request index = Request.of(each);
            Map<String, Object> json = new LinkedHashMap<>(index.members());
            if (kind.startsWith("Global")) {
                json.put("IndexStatus", status);
                json.put("ProvisionedThroughput", throughput(index.request("ProvisionedThroughput")));
            }
            json.put("IndexSizeBytes", 0);
            json.put("ItemCount", 0);
            json.put("IndexArn", arn() + "/index/" + index.text("IndexName"));
            indexes.add(json);
        }
        return indexes;
    }

    Map<String, Object> backups() {
        Map<String, Object> recovery = new LinkedHashMap<>();
        recovery.put("PointInTimeRecoveryStatus", pointInTimeRecovery ? "ENABLED" : "DISABLED");
        if (pointInTimeRecovery) {
            recovery.put("RecoveryPeriodInDays", recoveryPeriod == null ? 35 : recoveryPeriod);
            recovery.put("EarliestRestorableDateTime", created.toEpochMilli() / 1000.0);
            recovery.put("LatestRestorableDateTime", Instant.now().toEpochMilli() / 1000.0);
        }
        return Map.of(
                "ContinuousBackupsDescription",
                Map.of("ContinuousBackupsStatus", "ENABLED", "PointInTimeRecoveryDescription", recovery));
    }
}
