package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import io.headwater.StoreUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    private static ServerAddress parsed(String url) {
        return ServerAddress.of(StoreUrl.parse(url));
    }

    @Test
    void the_port_of_a_host_is_2113_unless_the_url_names_one() {
        assertThat(parsed("esdb://a,b:2114,[::1]:50000,[::2]").hosts())
                .containsExactly(
                        new Host("a", 2113), new Host("b", 2114), new Host("::1", 50000), new Host("::2", 2113));
    }

    @Test
    void one_host_is_no_cluster_unless_the_scheme_says_so() {
        assertThat(parsed("esdb://a").isCluster()).isFalse();
        assertThat(parsed("kurrentdb+discover://a").isCluster()).isTrue();
        assertThat(parsed("kdb://a,b").isCluster()).isTrue();
    }

    @Test
    void user_and_password_are_decoded_and_not_shown() {
        ServerAddress address = parsed("esdb://me%40here:p%3Aw+%C3%A9@a:1");

        assertThat(address.user()).isEqualTo("me@here");
        assertThat(address.password()).isEqualTo("p:w+é");
        assertThat(address).hasToString("a:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"esdb:a", "esdb://", "esdb://a/b", "esdb://a:0", "esdb://a:65536", "esdb://a:x", "esdb://a:1:2"})
    void what_is_no_server_is_refused(String url) {
        assertThatThrownBy(() -> parsed(url)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void a_password_without_its_at_is_not_shown() {
        assertThatThrownBy(() -> parsed("esdb://me:s3cret")).hasMessageNotContaining("s3cret");
    }
}
