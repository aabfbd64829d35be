package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that the driver, the pool or the server would refuse in their own words, late, or as if it went away. */
@Tag("locales")
class PostgresConfigurationTest {
    @ParameterizedTest
    @CsvSource({
        "postgres?connectTimeout=100ms, 'connectTimeout'",
        "postgres?sslmode=foo, verify-full",
        "postgres?namespace=pg_temp, pg_",
        "post%00gres, names no database"
    })
    void a_wrong_setting_is_refused_before_anything_is_connected(String setting, String said) {
        String url = "postgresql://postgres@localhost:1/" + setting;
        assertThatThrownBy(() -> EventStores.open(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(said.replace("'", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres:/u:HUSH@h/x, //",
        "postgres:u:HUSH@h/x, //",
        "postgresql://u:HUSH/x, not a host and port",
        "jdbc:postgresql://u:HUSH@h/x, omit 'jdbc:'"
    })
    void a_url_of_another_shape_is_refused_without_its_password(String url, String said) {
        assertThatThrownBy(() -> EventStores.open(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(said)
                .message()
                .doesNotContain("HUSH");
    }

    /** A program reads it. */
    @Test
    void the_script_of_the_schema_has_the_digits_that_the_server_knows() {
        EventStoreConfig config = EventStoreConfig.of("postgresql://postgres@localhost:1/postgres");
        assertThat(EventStores.schema(config).orElseThrow().script())
                .contains("VALUES (1, 'V001__event_store.sql'")
                .matches("(?s)\\p{ASCII}*");
    }
}
