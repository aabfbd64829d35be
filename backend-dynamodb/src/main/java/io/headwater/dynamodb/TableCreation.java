package io.headwater.dynamodb;

import io.headwater.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Finds and makes tables. */
final class TableCreation {
    static final List<KeySchemaElement> KEY =
            List.of(DynamoSchema.key(Key.PK, KeyType.HASH), DynamoSchema.key(Key.SK, KeyType.RANGE));

    /** Making a table takes some seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Table table;
    private final TableSettings settings;

    TableCreation(Table table, TableSettings settings) {
        this.table = table;
        this.settings = settings;
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
        TableDescription made = awaitActive();
        if (settings.protect()) {
            table.reading(
                    "UpdateContinuousBackups",
                    () -> table.client()
                            .updateContinuousBackups(backups -> backups.tableName(table.name())
                                    .pointInTimeRecoverySpecification(
                                            recovery -> recovery.pointInTimeRecoveryEnabled(true))));
        }
        return made;
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

    /** Waits until the table can be used. */
    TableDescription awaitActive() {
        Backoff backoff = new Backoff(table.calls(), PATIENCE);
        while (true) {
            Optional<TableDescription> found = find();
            if (found.isPresent() && isUsable(found.get())) {
                return found.get();
            }
            if (backoff.isOver()) {
                throw new StoreUnavailable("table '" + table.name() + "' is being made, and not ready yet", null);
            }
            backoff.pauseThrottled();
        }
    }

    private static boolean isUsable(TableDescription found) {
        return found.tableStatus() == TableStatus.ACTIVE || found.tableStatus() == TableStatus.UPDATING;
    }
}
