package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import io.headwater.EventStores;
import io.headwater.IncompatibleStore;
import io.headwater.StoreMissing;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** How tables are made, and which are refused. */
class DynamoTablesTest {
    private final DynamoServer server = DynamoServer.start();
    private final DynamoDbClient client = DynamoClients.client(DynamoFixture.context(url("")));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private String url(String options) {
        return "dynamodb://events/orders?region=eu-central-1&endpoint=" + server.endpoint() + options;
    }

    private void open(String options) {
        EventStores.open(url(options)).close();
    }

    private boolean isRecoverable() {
        return client.describeContinuousBackups(backups -> backups.tableName("events"))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .pointInTimeRecoveryStatus()
                == PointInTimeRecoveryStatus.ENABLED;
    }

    private boolean isProtected() {
        return client.describeTable(table -> table.tableName("events")).table().deletionProtectionEnabled();
    }

    @Test
    void a_table_is_made_with_protection_and_point_in_time_recovery() {
        open("");

        assertThat(isProtected()).isTrue();
        assertThat(isRecoverable()).isTrue();
    }

    @Test
    void a_table_is_made_without_them_if_that_is_said() {
        open("&protect=false");

        assertThat(isProtected()).isFalse();
        assertThat(isRecoverable()).isFalse();
    }

    @Test
    void an_open_that_fails_before_recovery_is_turned_on_is_finished_by_the_next() {
        server.faults().addOnce(Fault.ACCESS_DENIED, call -> call.is("UpdateContinuousBackups"));
        assertThatThrownBy(() -> open(""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dynamodb:UpdateContinuousBackups on table 'events' is denied");
        assertThat(isRecoverable()).isFalse();

        open("");

        assertThat(isRecoverable()).isTrue();
    }

    @Test
    void a_table_that_holds_other_stores_is_left_as_it_is() {
        open("");
        client.updateContinuousBackups(backups -> backups.tableName("events")
                .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(false)));

        EventStores.open(url("").replace("orders", "invoices")).close();

        assertThat(isRecoverable()).isFalse();
    }

    @Test
    void a_table_is_made_with_a_key_and_tags() {
        open("&kmsKey=alias/events&tags=team=shop,stage=test");

        assertThat(server.creation("events"))
                .containsEntry(
                        "Tags",
                        List.of(Map.of("Key", "team", "Value", "shop"), Map.of("Key", "stage", "Value", "test")))
                .extractingByKey("SSESpecification")
                .asString()
                .contains("alias/events");
    }

    @Test
    void tags_without_a_value_are_refused() {
        assertThatThrownBy(() -> open("&tags=shop"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("option 'tags' has 'shop', expected is name=value");
    }

    @Test
    void a_table_with_replicas_is_refused_unless_only_one_region_writes() {
        open("");
        server.describe("events", Map.of("Replicas", List.of(Map.of("RegionName", "us-east-1"))));

        assertThatThrownBy(() -> open(""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("table 'events' has replicas")
                .hasMessageContaining("singleWriterRegion=true");
        open("&singleWriterRegion=true");
    }

    @Test
    void a_table_with_multi_region_strong_consistency_is_always_refused() {
        open("");
        server.describe(
                "events",
                Map.of("Replicas", List.of(Map.of("RegionName", "us-east-1")), "MultiRegionConsistency", "STRONG"));

        assertThatThrownBy(() -> open("&singleWriterRegion=true"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("multi-Region strong consistency");
    }

    @Test
    void a_table_with_another_key_is_refused() {
        client.createTable(table -> table.tableName("events")
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())
                .billingMode("PAY_PER_REQUEST"));

        assertThatThrownBy(() -> open(""))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("does not have the keys pk and sk");
    }

    @Test
    void a_table_or_store_that_is_missing_is_told_where_it_is_only_validated() {
        assertThatThrownBy(() -> open("&schema=validate"))
                .isInstanceOf(StoreMissing.class)
                .hasMessageContaining("table 'events' does not exist");
        open("");
        assertThatThrownBy(() -> EventStores.openReadOnly(url("").replace("orders", "invoices")))
                .isInstanceOf(StoreMissing.class)
                .hasMessageContaining("table 'events' has no store 'invoices'");
    }
}
