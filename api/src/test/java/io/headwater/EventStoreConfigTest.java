package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("locales")
class EventStoreConfigTest {

    @Test
    void takes_a_map() {
        EventStoreConfig config = EventStoreConfig.fromMap(Map.of("url", "memory:x?a=1", "b", "2"));
        assertThat(config.url().path()).isEqualTo("x");
        assertThat(config.options()).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
    }

    @Test
    void names_the_setting_that_is_missing() {
        assertThatThrownBy(() -> EventStoreConfig.fromMap(Map.of("a", "1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("setting 'url' is missing");
        assertThatThrownBy(() -> EventStoreConfig.fromProperties(new Properties()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("'headwater.url' is not set");
        assertThatThrownBy(() -> EventStoreConfig.fromEnvironment(Map.of("URL", "memory:x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("'HEADWATER_URL' is not set");
    }

    @Test
    void takes_prefixed_properties_and_their_defaults() {
        Properties defaults = new Properties();
        defaults.setProperty("headwater.busyTimeout", "5s");
        Properties properties = new Properties(defaults);
        properties.setProperty("headwater.url", "memory:x");
        properties.setProperty("headwater.POOL_SIZE", "3");
        properties.setProperty("other.url", "memory:y");
        assertThat(EventStoreConfig.fromProperties(properties).options())
                .containsOnly(Map.entry("busyTimeout", "5s"), Map.entry("poolSize", "3"));
    }

    @ParameterizedTest
    @CsvSource({
        "HEADWATER_BUSY_TIMEOUT, busyTimeout",
        "HEADWATER_SCHEMA, schema",
        "HEADWATER_A_B_C, aBC",
        "HEADWATER_S3_REGION, s3Region",
        "HEADWATER_busyTimeout, busyTimeout",
        "HEADWATER_busy_timeout, busy_timeout"
    })
    void turns_variables_into_option_names(String variable, String option) {
        EventStoreConfig config =
                EventStoreConfig.fromEnvironment(Map.of("HEADWATER_URL", "memory:x", variable, "1", "PATH", "/bin"));
        assertThat(config.options()).containsOnly(Map.entry(option, "1"));
    }

    @Test
    void refuses_two_spellings_of_one_option() {
        Map<String, String> environment =
                Map.of("HEADWATER_URL", "memory:x", "HEADWATER_BUSY_TIMEOUT", "1s", "HEADWATER_busyTimeout", "2s");
        assertThatThrownBy(() -> EventStoreConfig.fromEnvironment(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'busyTimeout'")
                .hasMessageContaining("twice");
    }

    @Test
    void lets_given_options_beat_those_of_the_url() {
        EventStoreConfig config = EventStoreConfig.of("memory:x?a=url&b=url").with("a", "given");
        assertThat(config.options()).containsExactly(Map.entry("a", "given"), Map.entry("b", "url"));
        assertThat(config.with("a", "last").options()).containsEntry("a", "last");
        assertThat(EventStoreConfig.fromMap(Map.of("url", "memory:x?a=url", "a", "map"))
                        .options())
                .containsEntry("a", "map");
    }

    @Test
    void never_changes() {
        Map<String, String> settings = new HashMap<>(Map.of("url", "memory:x"));
        EventStoreConfig config = EventStoreConfig.fromMap(settings);
        settings.put("a", "1");
        config.with("b", "2");
        config.require(Capability.SNAPSHOTS);
        config.options().put("c", "3");
        assertThat(config.options()).isEmpty();
        assertThat(config.required()).isEmpty();
        assertThatThrownBy(() -> config.required().add(Capability.SCAVENGE))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void collects_what_is_required() {
        EventStoreConfig config = EventStoreConfig.of("memory:x")
                .require(Capability.SNAPSHOTS)
                .with("a", "1")
                .require(Capability.SCAVENGE, Capability.SNAPSHOTS);
        assertThat(config.required()).containsExactly(Capability.SNAPSHOTS, Capability.SCAVENGE);
    }

    @Test
    void shows_no_secrets() {
        EventStoreConfig config = EventStoreConfig.of("postgresql://u:HUSH@h/db")
                .with("password", "x&HUSH")
                .with("schema", "s")
                .with("sessionToken", "HUSH?a=HUSH");
        assertThat(config).asString().contains("schema=s", "u:***@h").doesNotContain("HUSH");
    }

    @Test
    void refuses_null() {
        Map<String, String> nullValue = new LinkedHashMap<>();
        nullValue.put("url", "memory:x");
        nullValue.put("a", null);
        assertInvalid(() -> EventStoreConfig.of(null));
        assertInvalid(() -> EventStoreConfig.fromMap(null));
        assertInvalid(() -> EventStoreConfig.fromMap(nullValue));
        assertInvalid(() -> EventStoreConfig.fromProperties(null));
        assertInvalid(() -> EventStoreConfig.fromEnvironment(null));
        assertInvalid(() -> EventStoreConfig.of("memory:x").with(null, "1"));
        assertInvalid(() -> EventStoreConfig.of("memory:x").with("a", null));
    }

    @Test
    void refuses_null_capabilities() {
        assertInvalid(() -> EventStoreConfig.of("memory:x").require((Capability) null));
        assertInvalid(() -> EventStoreConfig.of("memory:x").require((Capability[]) null));
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequest.class).hasMessageContaining("null");
    }
}
