package io.headwater.dynamodb;

import io.headwater.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Finds and makes tables. */
final class TableCreation {
    static final List<KeySchemaElement> KEY = List.of(key(Key.PK, KeyType.HASH), key(Key.SK, KeyType.RANGE));

    /** Making a table takes some seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Table table;
    private final TableSettings settings;

    TableCreation(Table table, TableSettings settings) {
        this.table = table;
        this.settings = settings;
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    Optional<TableDescription> find() {
        return table.reading("DescribeTable", () -> {
            try {
                return Optional.of(table.client()
                        .describeTable(request -> request.tableName(table.name()))
                        .table());
            } catch (SdkException e) {
                if (DynamoErrors.isTableMissing(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** Makes the table; does nothing if another process makes it at the same moment. */
    TableDescription create() {
        CreateTableRequest request = request();
        table.reading("CreateTable", () -> {
            try {
                table.client().createTable(request);
            } catch (ResourceInUseException e) {
                return false;
            }
            return true;
        });
        return awaitActive(find());
    }

    /**
     * Gives a table that was made as these settings say, and holds nothing yet, the point-in-time recovery that it cannot be made
     * with. Called before its first item is written: so what ended between the two is finished by the next one.
     */
    void finish(TableDescription made) {
        if (settings.protect() && Boolean.TRUE.equals(made.deletionProtectionEnabled()) && isEmpty()) {
            Backoff backoff = new Backoff(table.calls(), PATIENCE);
            while (!isRecoverable()) {
                if (backoff.isOver()) {
                    throw new StoreUnavailable(
                            "point-in-time recovery of table '" + table.name() + "' is not ready to be turned on yet",
                            null);
                }
                backoff.pause(true);
            }
        }
    }

    private boolean isEmpty() {
        return table.reading(
                "Scan",
                () -> table.client()
                        .scan(scan -> scan.tableName(table.name()).limit(1).consistentRead(true))
                        .items()
                        .isEmpty());
    }

    /** Turns it on, unless it is. Returns false where the table is too new for that. */
    private boolean isRecoverable() {
        PointInTimeRecoveryStatus status = table.reading(
                "DescribeContinuousBackups",
                () -> table.client()
                        .describeContinuousBackups(backups -> backups.tableName(table.name()))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .pointInTimeRecoveryStatus());
        return status == PointInTimeRecoveryStatus.ENABLED || turnOnRecovery();
    }

    private boolean turnOnRecovery() {
        return table.reading("UpdateContinuousBackups", () -> {
            try {
                table.client()
                        .updateContinuousBackups(backups -> backups.tableName(table.name())
                                .pointInTimeRecoverySpecification(
                                        recovery -> recovery.pointInTimeRecoveryEnabled(true)));
                return true;
            } catch (ContinuousBackupsUnavailableException e) {
                return false;
            }
        });
    }

    private CreateTableRequest request() {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(table.name())
                .keySchema(KEY)
                .attributeDefinitions(text(Key.PK), text(Key.SK))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .deletionProtectionEnabled(settings.protect());
        if (!settings.tags().isEmpty()) {
            request.tags(settings.tags());
        }
        if (!settings.kmsKey().isEmpty()) {
            request.sseSpecification(SSESpecification.builder()
                    .enabled(true)
                    .sseType(SSEType.KMS)
                    .kmsMasterKeyId(settings.kmsKey())
                    .build());
        }
        return request.build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    /** Waits until the table that is described so can be used. */
    TableDescription awaitActive(Optional<TableDescription> described) {
        Backoff backoff = new Backoff(table.calls(), PATIENCE);
        for (Optional<TableDescription> found = described; ; found = find()) {
            if (found.isPresent() && isUsable(found.get())) {
                return found.get();
            }
            if (backoff.isOver()) {
                throw new StoreUnavailable(
                        "table '" + table.name() + "' is being created, and is not ready yet; try again later", null);
            }
            backoff.pause(true);
        }
    }

    private static boolean isUsable(TableDescription found) {
        return found.tableStatus() == TableStatus.ACTIVE || found.tableStatus() == TableStatus.UPDATING;
    }
}
