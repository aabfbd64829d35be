package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

class TablesTest extends Fixture {
    private void create(String name, boolean guarded) {
        client.createTable(request -> request.tableName(name)
                .attributeDefinitions(text("id"))
                .keySchema(element("id", KeyType.HASH))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .deletionProtectionEnabled(guarded));
    }

    private TableDescription describe(String name) {
        return client.describeTable(request -> request.tableName(name)).table();
    }

    @Test
    void a_table_is_described_as_it_was_created() {
        create("other", true);
        TableDescription table = describe("other");
        assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.keySchema()).containsExactly(element("id", KeyType.HASH));
        assertThat(table.deletionProtectionEnabled()).isTrue();
        assertThat(server.creation("other")).containsEntry("DeletionProtectionEnabled", true);
        assertThat(client.listTables().tableNames()).containsExactly("other", TABLE);
        assertThatThrownBy(() -> create("other", false)).isInstanceOf(ResourceInUseException.class);
    }

    @Test
    void a_table_is_described_with_the_items_that_it_has_now() {
        put("a", "1");
        put("a", "2", "n", 1);
        DynamoServer.Image image = server.image(TABLE);
        TableDescription two = describe(TABLE);
        put("a", "2", "text", "longer");
        client.deleteItem(request -> request.tableName(TABLE).key(item("a", "1")));
        TableDescription one = describe(TABLE);
        server.restore(TABLE, image);

        assertThat(two.itemCount()).isEqualTo(2);
        assertThat(one.itemCount()).isEqualTo(1);
        // Names and values: pk, a, sk, 2, text, longer.
        assertThat(one.tableSizeBytes()).isEqualTo(2 + 1 + 2 + 1 + 4 + 6);
        assertThat(describe(TABLE).itemCount()).isEqualTo(2);
        assertThat(describe(TABLE).tableSizeBytes()).isEqualTo(two.tableSizeBytes());
    }

    @Test
    void a_table_is_deleted_unless_it_is_protected() {
        create("other", true);
        assertThatThrownBy(() -> client.deleteTable(request -> request.tableName("other")))
                .hasMessageContaining("currently protected against deletion");
        TableDescription deleted =
                client.deleteTable(request -> request.tableName(TABLE)).tableDescription();
        assertThat(deleted.tableStatus()).isEqualTo(TableStatus.DELETING);
        assertThat(deleted.hasKeySchema()).isFalse();
        assertThatThrownBy(() -> describe(TABLE))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Table: things not found");
    }

    private void createWith(Consumer<CreateTableRequest.Builder> settings) {
        client.createTable(request -> {
            request.tableName("other")
                    .attributeDefinitions(text("id"), text("of"))
                    .keySchema(element("id", KeyType.HASH), element("of", KeyType.RANGE))
                    .billingMode(BillingMode.PAY_PER_REQUEST);
            settings.accept(request);
        });
    }

    @Test
    void what_a_table_cannot_have_is_refused() {
        String tooLong = "n".repeat(256);
        assertThatThrownBy(() -> createWith(
                        table -> table.attributeDefinitions(text(tooLong)).keySchema(element(tooLong, KeyType.HASH))))
                .hasMessageContaining("2 validation errors detected")
                .hasMessageContaining("'keySchema.1.member.attributeName' failed to satisfy constraint: Member must"
                        + " have length less than or equal to 255");
        assertThatThrownBy(() -> createWith(table -> table.tags(IntStream.rangeClosed(0, 50)
                        .mapToObj(i -> Tag.builder().key("k" + i).value("").build())
                        .toList())))
                .hasMessageContaining("Too many tags");
        assertThatThrownBy(() -> createWith(table -> table.billingMode(BillingMode.PROVISIONED)
                        .provisionedThroughput(units -> units.readCapacityUnits(1L))))
                .hasMessageContaining("Value null at 'provisionedThroughput.writeCapacityUnits'");
        assertThatThrownBy(() ->
                        createWith(table -> table.keySchema(element("id", KeyType.HASH), element("id", KeyType.RANGE))))
                .hasMessageContaining("have the same name");
    }

    @Test
    void what_an_index_cannot_have_is_refused() {
        assertThatThrownBy(() -> createWith(table -> table.localSecondaryIndexes(index("i", "of"))))
                .hasMessageContaining("'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member"
                        + " must have length greater than or equal to 3");
        assertThatThrownBy(() -> createWith(table -> table.localSecondaryIndexes(index("index", "id"))))
                .hasMessageContaining("have the same name");
        assertThatThrownBy(() -> createWith(table -> table.localSecondaryIndexes(index("index", "of", "x", "x"))))
                .hasMessageContaining("Duplicate attribute");
        createWith(table -> table.localSecondaryIndexes(index("index", "of", "x", "y")));
        assertThat(describe("other").localSecondaryIndexes()).hasSize(1);
    }

    private static LocalSecondaryIndex index(String name, String sort, String... projected) {
        ProjectionType type = projected.length == 0 ? ProjectionType.ALL : ProjectionType.INCLUDE;
        return LocalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(element("id", KeyType.HASH), element(sort, KeyType.RANGE))
                .projection(projection -> projection
                        .projectionType(type)
                        .nonKeyAttributes(projected.length == 0 ? null : List.of(projected)))
                .build();
    }

    @Test
    void a_table_takes_its_time_until_it_is_active() {
        server.latency(Latency.parse("table=300ms"));
        create("other", false);
        assertThat(describe("other").tableStatus()).isEqualTo(TableStatus.CREATING);
        assertThatThrownBy(() ->
                        client.getItem(request -> request.tableName("other").key(values("id", "1"))))
                .isInstanceOf(ResourceNotFoundException.class);
        Awaitility.await()
                .untilAsserted(() -> assertThat(describe("other").tableStatus()).isEqualTo(TableStatus.ACTIVE));
    }

    @Test
    void point_in_time_recovery_is_a_setting() {
        client.updateContinuousBackups(request -> request.tableName(TABLE)
                .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
        assertThat(client.describeContinuousBackups(request -> request.tableName(TABLE))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .pointInTimeRecoveryStatus())
                .isEqualTo(PointInTimeRecoveryStatus.ENABLED);
    }

    @Test
    void a_test_can_add_replicas_to_a_description() {
        server.describe(
                TABLE, Map.of("Replicas", List.of(Map.of("RegionName", "eu-west-1", "ReplicaStatus", "ACTIVE"))));
        assertThat(describe(TABLE).replicas())
                .extracting(ReplicaDescription::regionName)
                .containsExactly("eu-west-1");
    }

    @Test
    void a_table_is_put_back_to_an_image() {
        put("a", "1", "n", 1);
        DynamoServer.Image image = server.image(TABLE);
        put("a", "1", "n", 2);
        put("a", "2");
        assertThat(server.image(TABLE)).isNotEqualTo(image);
        server.restore(TABLE, image);
        assertThat(server.image(TABLE)).isEqualTo(image);
        assertThat(get("a", "1")).isEqualTo(item("a", "1", "n", 1));
        assertThat(get("a", "2")).isEmpty();
    }
}
