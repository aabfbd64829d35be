package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import io.headwater.EventStores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that the driver, the pool or the server would refuse in their own words, late, or as if it went away. */
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
}
