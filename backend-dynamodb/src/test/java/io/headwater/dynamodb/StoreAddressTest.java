package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import io.headwater.StoreUrl;
import org.junit.jupiter.api.Test;

class StoreAddressTest {
    private static StoreAddress address(String url) {
        return StoreAddress.of(StoreUrl.parse(url));
    }

    @Test
    void a_store_has_a_name_in_its_table() {
        assertThat(address("dynamodb://events/orders?region=eu-central-1"))
                .isEqualTo(new StoreAddress("events", "orders"));
        assertThat(address("dynamodb://events")).isEqualTo(new StoreAddress("events", "headwater"));
    }

    @Test
    void names_that_could_be_taken_for_another_key_are_refused() {
        assertThatThrownBy(() -> address("dynamodb://events/a/b"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'a/b' is not a valid name of a store");
        assertThatThrownBy(() -> address("dynamodb:events"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'' is not a valid name of a table");
    }
}
