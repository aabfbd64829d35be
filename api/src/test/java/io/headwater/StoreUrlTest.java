package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("locales")
class StoreUrlTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "memory:name|memory|''|name",
                "memory:|memory|''|''",
                "MEMORY:Name|memory|''|Name",
                "sqlite:events.db|sqlite|''|events.db",
                "sqlite:data/events.db|sqlite|''|data/events.db",
                "sqlite:/var/lib/events.db|sqlite|''|/var/lib/events.db",
                "sqlite:///var/lib/events.db|sqlite|''|/var/lib/events.db",
                "sqlite:C:\\data\\events.db|sqlite|''|C:\\data\\events.db",
                "sqlite:C:/data/events.db|sqlite|''|C:/data/events.db",
                "sqlite:///C:/data/events.db|sqlite|''|/C:/data/events.db",
                "sqlite:a@b.db|sqlite|''|a@b.db",
                "C:\\data\\events.db|c|''|\\data\\events.db",
                "postgresql://host|postgresql|host|''",
                "postgresql://host/|postgresql|host|/",
                "postgresql://h1:5432,h2:5433/db|postgresql|h1:5432,h2:5433|/db",
                "postgresql://my_host/db|postgresql|my_host|/db",
                "postgresql://[::1]:5432/db|postgresql|[::1]:5432|/db",
                "postgresql://user:p%40ss@host/db|postgresql|user:p%40ss@host|/db",
                "postgresql://us-er!$&'()*,;=:p:w@host/db|postgresql|us-er!$&'()*,;=:p:w@host|/db",
                "postgresql://user:p@ss@host/db|postgresql|user:p@ss@host|/db",
                "dynamodb://table|dynamodb|table|''",
                "kurrentdb+discover://a.b_c,d|kurrentdb+discover|a.b_c,d|''",
                "memory:a+b%20c%2B|memory|''|a+b c+",
                "memory:caf%C3%A9|memory|''|café",
                "memory:a%3Fb%25|memory|''|a?b%",
                "  memory:a  |memory|''|a",
            })
    void takes_a_url_apart(String url, String scheme, String authority, String path) {
        StoreUrl parsed = StoreUrl.parse(url);
        assertThat(parsed).isEqualTo(new StoreUrl(scheme, authority, path, Map.of()));
    }

    @Test
    void reads_options_in_their_order() {
        StoreUrl url = StoreUrl.parse("memory:x?z=1&a=&m=a+b%26c%3Dd&q=a=b?c");
        assertThat(url.options())
                .containsExactly(
                        Map.entry("z", "1"), Map.entry("a", ""), Map.entry("m", "a+b&c=d"), Map.entry("q", "a=b?c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory:x?", "memory:x?&", "memory:x", "memory:x?&&"})
    void has_no_options_when_the_query_is_empty(String url) {
        assertThat(StoreUrl.parse(url).options()).isEmpty();
    }

    @Test
    void refuses_an_option_given_twice() {
        assertThatThrownBy(() -> StoreUrl.parse("memory:x?a=1&a=2"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("option 'a' is given twice");
    }

    @Test
    void refuses_an_option_without_a_value() {
        assertThatThrownBy(() -> StoreUrl.parse("memory:x?a"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("option 'a' has no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "events.db", "://host", "/var/lib/x.db", "1a:b", "a b:c", ":x"})
    void refuses_text_without_a_scheme(String url) {
        assertThatThrownBy(() -> StoreUrl.parse(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no scheme");
    }

    @Test
    void refuses_null() {
        assertThatThrownBy(() -> StoreUrl.parse(null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> new StoreUrl("a", "b", "c", null)).isInstanceOf(InvalidRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory:a%", "memory:a%2", "memory:a%zz", "memory:a?b=%", "memory:a?%zz=1", "memory:a%-1"})
    void refuses_a_percent_sign_that_begins_no_escape(String url) {
        assertThatThrownBy(() -> StoreUrl.parse(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("%25");
    }

    @Test
    void refuses_an_escape_that_is_not_utf8() {
        assertThatThrownBy(() -> StoreUrl.parse("sqlite:a%FF.db"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("UTF-8");
        assertThat(StoreUrl.parse("sqlite:%EF%BF%BD.db").path()).isEqualTo("\uFFFD.db");
    }

    @Test
    void does_not_change_with_the_map_it_was_made_of() {
        Map<String, String> options = new LinkedHashMap<>(Map.of("a", "1"));
        StoreUrl url = new StoreUrl("memory", "", "x", options);
        options.put("b", "2");
        assertThat(url.options()).containsOnlyKeys("a");
        assertThatThrownBy(() -> url.options().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shows_what_is_no_secret() {
        assertThat(StoreUrl.parse("postgresql://u@h1:1,h2:2/db?schema=s&poolSize=3"))
                .hasToString("postgresql://u@h1:1,h2:2/db?schema=s&poolSize=3");
        assertThat(StoreUrl.parse("postgresql://h:5432/db?user=a@b")).hasToString("postgresql://h:5432/db?user=a@b");
        assertThat(StoreUrl.parse("sqlite:a/b.db")).hasToString("sqlite:a/b.db");
        assertThat(StoreUrl.parse("memory:a%0Ab")).hasToString("memory:a\uFFFDb");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "postgresql://user:HUSH@host/db",
                "postgresql://user:HU@SH@host/db",
                "postgresql://user:HU:SH@host/db",
                "postgresql://us@er:HUSH@host/db",
                "postgresql://:HUSH@host/db",
                "postgresql://user:HUSH@h1:1,h2:2/db?a=b@c",
                "postgresql://host/db?password=HUSH",
                "postgresql://host/db?user=u&PassWord=HUSH&x=1",
                "postgresql://host/db?password=x%26HUSH",
                "postgresql://host/db?password=x%3DHUSH",
                "postgresql://host/db?sslpassword=HUSH",
                "postgresql://host/db?pwd=HUSH",
                "postgresql://host/db?passphrase=HUSH",
                "dynamodb://table?secretAccessKey=HUSH",
                "dynamodb://table?sessionToken=HUSH",
                "dynamodb://table?accessKey=HUSH&region=r",
                "esdb://host?credentials=HUSH",
                "jdbc:postgresql://user:HUSH@host/db",
                "jdbc:postgresql://us@er:HU@SH@host/db",
                "postgres:/user:HUSH@host/db",
                "postgres:/user:HU/SH@host/db",
                "postgres:/user:HU@SH@host/db",
                "postgres:user:HUSH@host/db",
                "postgres:///user:HUSH@host/db",
                "postgres:\\\\user:HUSH@host/db",
                "user:HUSH@host:5432/db",
                "user:HU/SH@host/db",
                "postgresql://user:HUSH/db",
                "postgresql://host:5432,user:HUSH/db",
            })
    void hides_secrets_in_text(String url) {
        assertThat(StoreUrl.parse(url).toString()).contains("***").doesNotContain("HU", "SH");
        assertThat(EventStoreConfig.of(url).toString()).contains("***").doesNotContain("HU", "SH");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "postgresql://user:HU/SH@host/db",
                "postgresql://user:HU?SH@host/db",
                "postgresql://user:HU?S=H@host/db",
                "postgresql://user:/HUSH@host/db",
                "postgresql://us@er:HU/SH@host/db",
                "://user:HUSH@host/db",
                "//user:HUSH@host/db",
                "postgres ql://user:HU@SH@host/db",
                "db_user:HUSH@host/db",
                "db_user:HU:SH@host:5432/db",
                "db_user:HU/SH@host",
                "1db://user:HU/SH@host",
                "1db://user:HU?SH@host",
                "1db://us@er:HUSH@host",
                "1db://host/db?password=HUSH",
                "1db://host/db?password=HU&SH@",
                "memory:x?password=%HUSH",
                "memory:x?password=HUSH%",
                "memory:x?password=1&HUSH",
                "memory:x?password=HUSH&password=HUSH",
            })
    void hides_secrets_in_the_refusal(String url) {
        EventStoreException refusal = catchThrowableOfType(EventStoreException.class, () -> StoreUrl.parse(url));
        assertThat(refusal).isInstanceOf(ConfigurationException.class);
        assertThat(everythingIn(refusal)).doesNotContain("HU", "SH");
        assertThat(refusal.getMessage()).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:/home/me@work/events.db",
                "sqlite:./me@work.db",
                "postgresql://host:5432,[::1]:5433,other/db",
                "postgresql://[fe80::1%25eth0]:5432/db",
                "postgresql://[::1]/db",
            })
    void shows_what_is_no_secret(String url) {
        assertThat(StoreUrl.parse(url).toString()).isEqualTo(url);
    }

    @Test
    void tells_how_to_write_a_password_with_a_slash() {
        assertThatThrownBy(() -> StoreUrl.parse("postgresql://user:a/b@host/db"))
                .hasMessageContaining("%2F")
                .hasMessageContaining("%3F");
    }

    @Test
    void keeps_an_at_sign_in_the_path_or_query_when_the_authority_cannot_be_a_password() {
        assertThat(StoreUrl.parse("postgresql://h:5432/db?user=a@b").options()).containsEntry("user", "a@b");
        assertThat(StoreUrl.parse("postgresql://h1:5432,[::1]:2/d%40b").path()).isEqualTo("/d@b");
        assertThat(StoreUrl.parse("postgresql://h,[::1]/d@b").path()).isEqualTo("/d@b");
    }

    private static String everythingIn(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("\tat "))
                .toList()
                .toString();
    }
}
